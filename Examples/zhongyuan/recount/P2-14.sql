-- Committees and general branches seated in a community whose first day lies in the period.
-- The database is the district, so no condition on units is needed.
SELECT COUNT(DISTINCT v.unit_id) AS value,
       CAST(NULL AS BIGINT) AS numerator,
       CAST(NULL AS BIGINT) AS denominator
FROM org_unit_version v
WHERE v.form IN ('committee', 'general_branch')
  AND v.valid_from BETWEEN '2015-01-01' AND '2015-06-30'
  AND NOT EXISTS (SELECT 1 FROM org_unit_version s WHERE s.supersedes = v.id)
  AND NOT EXISTS (
      SELECT 1 FROM org_unit_version e WHERE e.unit_id = v.unit_id AND e.valid_from < v.valid_from)
  AND EXISTS (
      SELECT 1
      FROM org_link l
      JOIN org_unit_version c ON c.unit_id = l.parent_id AND c.form = 'community'
      WHERE l.child_id = v.unit_id AND l.axis = 'territory' AND l.valid_from = v.valid_from)
