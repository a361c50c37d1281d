-- Communities in force on the day R1 takes effect.
-- The database is the district, so no condition on units is needed.
SELECT COUNT(DISTINCT v.unit_id) AS value,
       CAST(NULL AS BIGINT) AS numerator,
       CAST(NULL AS BIGINT) AS denominator
FROM org_unit_version v
WHERE v.form = 'community' AND v.valid_from <= '2015-03-01'
  AND (v.valid_to IS NULL OR v.valid_to > '2015-03-01')
  AND NOT EXISTS (SELECT 1 FROM org_unit_version s WHERE s.supersedes = v.id)
