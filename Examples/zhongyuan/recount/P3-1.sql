-- Sessions of the Central Plains Forum.
-- The database is the district, so no condition on units is needed.
SELECT COUNT(*) AS value,
       CAST(NULL AS BIGINT) AS numerator,
       CAST(NULL AS BIGINT) AS denominator
FROM fact f
WHERE f.kind = 'forum_session' AND f.happened_on BETWEEN '2015-01-01' AND '2015-06-30'
  AND f.fields ->> 'series' = 'central_plains'
