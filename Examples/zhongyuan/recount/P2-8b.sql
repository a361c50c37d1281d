-- Area after over area before of the project of the community with the largest premises.
WITH RECURSIVE community AS (
    SELECT v.unit_id
    FROM org_unit_version v
    WHERE v.form = 'community' AND v.valid_from <= '2015-06-30'
      AND (v.valid_to IS NULL OR v.valid_to > '2015-06-30')
      AND NOT EXISTS (SELECT 1 FROM org_unit_version s WHERE s.supersedes = v.id)
), origin(unit_id, community_id) AS (
    SELECT unit_id, unit_id FROM community
    UNION
    SELECT i.predecessor_id, o.community_id
    FROM origin o
    JOIN lineage i ON i.successor_id = o.unit_id AND i.basis = 'whole'
), area AS (
    SELECT c.unit_id, COALESCE(SUM(f.m1), 0) AS area
    FROM community c
    JOIN origin o ON o.community_id = c.unit_id
    LEFT JOIN fact f ON f.unit_id = o.unit_id AND f.kind = 'premises'
         AND f.happened_on <= '2015-06-30' AND (f.last_on IS NULL OR f.last_on > '2015-06-30')
    GROUP BY c.unit_id
)
SELECT (2 * f.m2 + f.m1) / (2 * f.m1) AS value,
       f.m2 / 100 AS numerator,
       f.m1 / 100 AS denominator
FROM fact f
JOIN origin o ON o.unit_id = f.unit_id
JOIN area a ON a.unit_id = o.community_id
WHERE f.kind = 'premises_project' AND f.happened_on <= '2015-06-30'
  AND a.area = (SELECT MAX(area) FROM area)
