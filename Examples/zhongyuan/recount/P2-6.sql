-- Appropriations to the last day; amounts are stored in fen.
-- The database is the district, so no condition on units is needed.
SELECT CAST(SUM(f.m1) AS BIGINT) / 100 AS value,
       CAST(NULL AS BIGINT) AS numerator,
       CAST(NULL AS BIGINT) AS denominator
FROM fact f
WHERE f.kind = 'appropriation' AND f.happened_on <= '2015-06-30'
