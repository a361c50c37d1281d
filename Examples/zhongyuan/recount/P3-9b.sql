-- Persons nominated for training above.
-- The database is the district, so no condition on units is needed.
SELECT COUNT(DISTINCT p.person_id) AS value,
       CAST(NULL AS BIGINT) AS numerator,
       CAST(NULL AS BIGINT) AS denominator
FROM fact f
JOIN record_person p ON p.record_id = f.id AND p.role = 'nominee'
WHERE f.kind = 'nomination' AND f.happened_on BETWEEN '2015-01-01' AND '2015-06-30'
