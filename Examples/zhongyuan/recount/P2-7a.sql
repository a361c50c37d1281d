-- Award lines of the first quarter, added; amounts are stored in fen.
-- The database is the district, so no condition on units is needed.
SELECT CAST(SUM(f.m1) AS BIGINT) / 100 AS value,
       CAST(NULL AS BIGINT) AS numerator,
       CAST(NULL AS BIGINT) AS denominator
FROM fact f
WHERE f.kind = 'award' AND f.happened_on BETWEEN '2015-01-01' AND '2015-03-31'
