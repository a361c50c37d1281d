-- Grids of the street on the last day, and those with a branch link in force that day.
WITH RECURSIVE below(unit_id) AS (
    SELECT v.unit_id FROM org_unit_version v WHERE v.code = '410102001'
    UNION
    SELECT l.child_id
    FROM below b
    JOIN org_link l ON l.parent_id = b.unit_id AND l.axis = 'territory'
    WHERE l.valid_from <= '2015-06-30' AND (l.valid_to IS NULL OR l.valid_to > '2015-06-30')
      AND NOT EXISTS (SELECT 1 FROM org_link s WHERE s.supersedes = l.id)
), grid AS (
    SELECT DISTINCT v.unit_id
    FROM org_unit_version v
    JOIN below b ON b.unit_id = v.unit_id
    WHERE v.form = 'grid' AND v.valid_from <= '2015-06-30'
      AND (v.valid_to IS NULL OR v.valid_to > '2015-06-30')
), linked AS (
    SELECT DISTINCT g.unit_id
    FROM grid g
    JOIN fact f ON f.unit_id = g.unit_id
    WHERE f.kind = 'grid_branch' AND f.happened_on <= '2015-06-30'
      AND (f.last_on IS NULL OR f.last_on > '2015-06-30')
)
SELECT (200 * n.linked + n.everyone) / (2 * n.everyone) AS value,
       n.linked AS numerator,
       n.everyone AS denominator
FROM (
    SELECT (SELECT COUNT(*) FROM linked) AS linked, (SELECT COUNT(*) FROM grid) AS everyone
) n
