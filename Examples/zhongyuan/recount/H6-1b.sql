-- Communities of the street on the day R1 takes effect.
WITH RECURSIVE below(unit_id) AS (
    SELECT v.unit_id FROM org_unit_version v WHERE v.code = '410102009'
    UNION
    SELECT l.child_id
    FROM below b
    JOIN org_link l ON l.parent_id = b.unit_id AND l.axis = 'territory'
    WHERE l.valid_from <= '2015-03-01' AND (l.valid_to IS NULL OR l.valid_to > '2015-03-01')
      AND NOT EXISTS (SELECT 1 FROM org_link s WHERE s.supersedes = l.id)
)
SELECT COUNT(DISTINCT v.unit_id) AS value,
       CAST(NULL AS BIGINT) AS numerator,
       CAST(NULL AS BIGINT) AS denominator
FROM org_unit_version v
JOIN below b ON b.unit_id = v.unit_id
WHERE v.form = 'community' AND v.valid_from <= '2015-03-01'
  AND (v.valid_to IS NULL OR v.valid_to > '2015-03-01')
  AND NOT EXISTS (SELECT 1 FROM org_unit_version s WHERE s.supersedes = v.id)
