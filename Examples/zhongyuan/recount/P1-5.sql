-- Lecturers who held a county-level post on the day they lectured.
-- The database is the district, so no condition on units is needed.
SELECT COUNT(DISTINCT p.person_id) AS value,
       CAST(NULL AS BIGINT) AS numerator,
       CAST(NULL AS BIGINT) AS denominator
FROM fact f
JOIN record_person p ON p.record_id = f.id AND p.role = 'lecturer'
WHERE f.kind = 'lecture' AND f.happened_on <= '2015-06-30'
  AND EXISTS (
      SELECT 1
      FROM fact post
      JOIN record_person h ON h.record_id = post.id AND h.role = 'holder'
      WHERE post.kind = 'post' AND h.person_id = p.person_id
        AND post.fields ->> 'rank' = 'county'
        AND post.happened_on <= f.happened_on
        AND (post.last_on IS NULL OR post.last_on > f.happened_on))
