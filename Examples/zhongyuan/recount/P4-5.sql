-- Persons selected in the second batch.
-- The database is the district, so no condition on units is needed.
SELECT COUNT(DISTINCT p.person_id) AS value,
       CAST(NULL AS BIGINT) AS numerator,
       CAST(NULL AS BIGINT) AS denominator
FROM fact f
JOIN record_person p ON p.record_id = f.id AND p.role = 'selected'
WHERE f.kind = 'top_talent' AND f.happened_on <= '2015-06-30'
  AND f.fields ->> 'batch' = 'batch_2'
