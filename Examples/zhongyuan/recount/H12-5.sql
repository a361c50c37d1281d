-- Communities visited by the bureau, each place taken to the community that stands there now.
WITH RECURSIVE link AS (
    SELECT l.child_id, l.parent_id, l.valid_from, COALESCE(l.valid_to, '9999-12-31') AS valid_to
    FROM org_link l
    WHERE l.axis = 'territory'
      AND NOT EXISTS (SELECT 1 FROM org_link s WHERE s.supersedes = l.id)
), below(unit_id, valid_from, valid_to) AS (
    SELECT v.unit_id, '0001-01-01', '9999-12-31' FROM org_unit_version v WHERE v.code = 'BUR-HOU'
    UNION
    SELECT l.child_id,
           CASE WHEN l.valid_from > b.valid_from THEN l.valid_from ELSE b.valid_from END,
           CASE WHEN l.valid_to < b.valid_to THEN l.valid_to ELSE b.valid_to END
    FROM below b
    JOIN link l ON l.parent_id = b.unit_id
               AND l.valid_from < b.valid_to AND l.valid_to > b.valid_from
), counted AS (
    SELECT f.* FROM fact f
    WHERE f.kind = 'onsite_session'
      AND EXISTS (
          SELECT 1 FROM below b
          WHERE b.unit_id = f.unit_id
            AND f.happened_on >= b.valid_from AND f.happened_on < b.valid_to)
), today(place_id, unit_id) AS (
    SELECT f.place_id, f.place_id
    FROM counted f
    WHERE f.happened_on BETWEEN '2015-01-01' AND '2015-06-30'
    UNION
    SELECT t.place_id, i.successor_id
    FROM today t
    JOIN lineage i ON i.predecessor_id = t.unit_id AND i.basis = 'whole'
)
SELECT COUNT(DISTINCT t.unit_id) AS value,
       CAST(NULL AS BIGINT) AS numerator,
       CAST(NULL AS BIGINT) AS denominator
FROM today t
WHERE NOT EXISTS (
    SELECT 1 FROM lineage i WHERE i.predecessor_id = t.unit_id AND i.basis = 'whole')
