-- The weekly hours are a rule of the catalogue, in force since 2015-03-30; no record states it.
SELECT 3 AS value,
       CAST(NULL AS BIGINT) AS numerator,
       CAST(NULL AS BIGINT) AS denominator
