-- Batches of nominations for training above.
-- The database is the district, so no condition on units is needed.
SELECT COUNT(DISTINCT f.fields ->> 'batch') AS value,
       CAST(NULL AS BIGINT) AS numerator,
       CAST(NULL AS BIGINT) AS denominator
FROM fact f
WHERE f.kind = 'nomination' AND f.happened_on BETWEEN '2015-01-01' AND '2015-06-30'
