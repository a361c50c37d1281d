-- The longest run of consecutive days on television. Days become numbers, and days of one run
-- keep the same distance from their rank.
-- The database is the district, so no condition on units is needed.
WITH shown AS (
    SELECT DISTINCT CAST(SUBSTR(f.happened_on, 1, 4) AS INTEGER) AS y,
           CAST(SUBSTR(f.happened_on, 6, 2) AS INTEGER) AS m,
           CAST(SUBSTR(f.happened_on, 9, 2) AS INTEGER) AS d
    FROM fact f
    WHERE f.kind = 'media_coverage' AND f.happened_on <= '2015-06-30'
      AND f.fields ->> 'outlet' = 'television'
), numbered AS (
    SELECT d + (153 * (m + 12 * ((14 - m) / 12) - 3) + 2) / 5 + 365 * (y - (14 - m) / 12)
           + (y - (14 - m) / 12) / 4 - (y - (14 - m) / 12) / 100 + (y - (14 - m) / 12) / 400 AS n
    FROM shown
), run AS (
    SELECT COUNT(*) AS days
    FROM (SELECT n - ROW_NUMBER() OVER (ORDER BY n) AS start FROM numbered) s
    GROUP BY start
)
SELECT MAX(days) AS value,
       CAST(NULL AS BIGINT) AS numerator,
       CAST(NULL AS BIGINT) AS denominator
FROM run
