-- Streets that received an award in the first quarter.
-- The database is the district, so no condition on units is needed.
SELECT COUNT(DISTINCT f.place_id) AS value,
       CAST(NULL AS BIGINT) AS numerator,
       CAST(NULL AS BIGINT) AS denominator
FROM fact f
WHERE f.kind = 'award' AND f.happened_on BETWEEN '2015-01-01' AND '2015-03-31'
