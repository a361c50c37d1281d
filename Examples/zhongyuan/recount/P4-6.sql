-- Talent events, one record each.
-- The database is the district, so no condition on units is needed.
SELECT COUNT(*) AS value,
       CAST(NULL AS BIGINT) AS numerator,
       CAST(NULL AS BIGINT) AS denominator
FROM fact f
WHERE f.kind = 'talent_event' AND f.happened_on BETWEEN '2015-01-01' AND '2015-06-30'
