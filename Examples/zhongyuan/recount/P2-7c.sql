-- The common amount of the award lines of the first quarter; none where they differ.
-- The database is the district, so no condition on units is needed.
SELECT CASE WHEN MIN(f.m1) = MAX(f.m1) THEN MIN(f.m1) / 100 END AS value,
       CAST(NULL AS BIGINT) AS numerator,
       CAST(NULL AS BIGINT) AS denominator
FROM fact f
WHERE f.kind = 'award' AND f.happened_on BETWEEN '2015-01-01' AND '2015-03-31'
