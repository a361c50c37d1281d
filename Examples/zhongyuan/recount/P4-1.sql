-- Graduates who declared an intent in May.
-- The database is the district, so no condition on units is needed.
SELECT COUNT(DISTINCT p.person_id) AS value,
       CAST(NULL AS BIGINT) AS numerator,
       CAST(NULL AS BIGINT) AS denominator
FROM fact f
JOIN record_person p ON p.record_id = f.id AND p.role = 'graduate'
WHERE f.kind = 'job_intent' AND f.happened_on BETWEEN '2015-05-01' AND '2015-05-31'
