-- Brands of the street in use on the last day.
WITH RECURSIVE below(unit_id) AS (
    SELECT v.unit_id FROM org_unit_version v WHERE v.code = '410102008'
    UNION
    SELECT l.child_id
    FROM below b
    JOIN org_link l ON l.parent_id = b.unit_id AND l.axis = 'territory'
    WHERE l.valid_from <= '2015-06-30' AND (l.valid_to IS NULL OR l.valid_to > '2015-06-30')
      AND NOT EXISTS (SELECT 1 FROM org_link s WHERE s.supersedes = l.id)
), origin(unit_id) AS (
    SELECT unit_id FROM below
    UNION
    SELECT i.predecessor_id
    FROM origin o
    JOIN lineage i ON i.successor_id = o.unit_id AND i.basis = 'whole'
    JOIN reorganization r ON r.id = i.reorganization_id AND r.effective_on <= '2015-06-30'
)
SELECT COUNT(*) AS value,
       CAST(NULL AS BIGINT) AS numerator,
       CAST(NULL AS BIGINT) AS denominator
FROM fact f
JOIN origin o ON o.unit_id = f.unit_id
WHERE f.kind = 'brand' AND f.happened_on <= '2015-06-30'
  AND (f.last_on IS NULL OR f.last_on > '2015-06-30')
