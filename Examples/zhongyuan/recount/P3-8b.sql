-- Streets to which the relocation postings of June went; a place is a street, or lies in one.
-- The database is the district, so no condition on units is needed.
SELECT COUNT(DISTINCT s.unit_id) AS value,
       CAST(NULL AS BIGINT) AS numerator,
       CAST(NULL AS BIGINT) AS denominator
FROM fact f
JOIN org_unit_version s ON s.form = 'street'
 AND (s.unit_id = f.place_id OR EXISTS (
      SELECT 1 FROM org_link l
      WHERE l.child_id = f.place_id AND l.parent_id = s.unit_id AND l.axis = 'territory'
        AND l.valid_from <= f.happened_on
        AND (l.valid_to IS NULL OR l.valid_to > f.happened_on)))
WHERE f.kind = 'posting' AND f.happened_on BETWEEN '2015-06-01' AND '2015-06-30'
  AND f.fields ->> 'line' = 'relocation'
