-- Persons whose relocation posting began in June.
-- The database is the district, so no condition on units is needed.
SELECT COUNT(DISTINCT p.person_id) AS value,
       CAST(NULL AS BIGINT) AS numerator,
       CAST(NULL AS BIGINT) AS denominator
FROM fact f
JOIN record_person p ON p.record_id = f.id AND p.role = 'posted'
WHERE f.kind = 'posting' AND f.happened_on BETWEEN '2015-06-01' AND '2015-06-30'
  AND f.fields ->> 'line' = 'relocation'
