-- Cadres of section level or above on the last day, and those with an open file that day.
-- The database is the district, so no condition on units is needed.
WITH roster AS (
    SELECT DISTINCT p.person_id
    FROM fact f
    JOIN record_person p ON p.record_id = f.id AND p.role = 'holder'
    WHERE f.kind = 'post' AND f.fields ->> 'rank' IN ('section', 'county')
      AND f.happened_on <= '2015-06-30' AND (f.last_on IS NULL OR f.last_on > '2015-06-30')
), covered AS (
    SELECT DISTINCT r.person_id
    FROM roster r
    JOIN record_person p ON p.person_id = r.person_id AND p.role = 'cadre'
    JOIN fact f ON f.id = p.record_id AND f.kind = 'performance_file'
    WHERE f.happened_on <= '2015-06-30' AND (f.last_on IS NULL OR f.last_on > '2015-06-30')
)
SELECT (200 * n.covered + n.everyone) / (2 * n.everyone) AS value,
       n.covered AS numerator,
       n.everyone AS denominator
FROM (
    SELECT (SELECT COUNT(*) FROM covered) AS covered, (SELECT COUNT(*) FROM roster) AS everyone
) n
