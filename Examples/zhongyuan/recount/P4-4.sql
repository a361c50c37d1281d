-- Talent stations open on the last day.
-- The database is the district, so no condition on units is needed.
SELECT COUNT(*) AS value,
       CAST(NULL AS BIGINT) AS numerator,
       CAST(NULL AS BIGINT) AS denominator
FROM fact f
WHERE f.kind = 'talent_station' AND f.happened_on <= '2015-06-30'
  AND (f.last_on IS NULL OR f.last_on > '2015-06-30')
