-- The walking time is a rule of the catalogue, in force since 2015-01-01; no record states it.
SELECT 15 AS value,
       CAST(NULL AS BIGINT) AS numerator,
       CAST(NULL AS BIGINT) AS denominator
