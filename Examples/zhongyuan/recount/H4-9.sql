-- Volunteer activities of the street.
WITH RECURSIVE link AS (
    SELECT l.child_id, l.parent_id, l.valid_from, COALESCE(l.valid_to, '9999-12-31') AS valid_to
    FROM org_link l
    WHERE l.axis = 'territory'
      AND NOT EXISTS (SELECT 1 FROM org_link s WHERE s.supersedes = l.id)
), below(unit_id, valid_from, valid_to) AS (
    SELECT v.unit_id, '0001-01-01', '9999-12-31' FROM org_unit_version v WHERE v.code = '410102003'
    UNION
    SELECT l.child_id,
           CASE WHEN l.valid_from > b.valid_from THEN l.valid_from ELSE b.valid_from END,
           CASE WHEN l.valid_to < b.valid_to THEN l.valid_to ELSE b.valid_to END
    FROM below b
    JOIN link l ON l.parent_id = b.unit_id
               AND l.valid_from < b.valid_to AND l.valid_to > b.valid_from
), counted AS (
    SELECT f.* FROM fact f
    WHERE f.kind = 'volunteer_activity'
      AND EXISTS (
          SELECT 1 FROM below b
          WHERE b.unit_id = f.unit_id
            AND f.happened_on >= b.valid_from AND f.happened_on < b.valid_to)
)
SELECT COUNT(*) AS value,
       CAST(NULL AS BIGINT) AS numerator,
       CAST(NULL AS BIGINT) AS denominator
FROM counted f
WHERE f.happened_on BETWEEN '2015-01-01' AND '2015-06-30'
