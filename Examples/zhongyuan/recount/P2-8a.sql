-- The largest sum of premises in force of one community, in square meters.
WITH RECURSIVE community AS (
    SELECT v.unit_id
    FROM org_unit_version v
    WHERE v.form = 'community' AND v.valid_from <= '2015-06-30'
      AND (v.valid_to IS NULL OR v.valid_to > '2015-06-30')
      AND NOT EXISTS (SELECT 1 FROM org_unit_version s WHERE s.supersedes = v.id)
), origin(unit_id, community_id) AS (
    SELECT unit_id, unit_id FROM community
    UNION
    SELECT i.predecessor_id, o.community_id
    FROM origin o
    JOIN lineage i ON i.successor_id = o.unit_id AND i.basis = 'whole'
), area AS (
    SELECT c.unit_id, COALESCE(SUM(f.m1), 0) AS area
    FROM community c
    JOIN origin o ON o.community_id = c.unit_id
    LEFT JOIN fact f ON f.unit_id = o.unit_id AND f.kind = 'premises'
         AND f.happened_on <= '2015-06-30' AND (f.last_on IS NULL OR f.last_on > '2015-06-30')
    GROUP BY c.unit_id
)
SELECT CAST(MAX(area) AS BIGINT) / 100 AS value,
       CAST(NULL AS BIGINT) AS numerator,
       CAST(NULL AS BIGINT) AS denominator
FROM area
