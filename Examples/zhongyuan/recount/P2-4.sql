-- Ways in which accepted projects obtained premises.
-- The database is the district, so no condition on units is needed.
SELECT COUNT(DISTINCT f.fields ->> 'mode') AS value,
       CAST(NULL AS BIGINT) AS numerator,
       CAST(NULL AS BIGINT) AS denominator
FROM fact f
WHERE f.kind = 'premises_project' AND f.happened_on <= '2015-06-30'
