-- Activities that carry the code of an elders' center in force that day.
WITH RECURSIVE link AS (
    SELECT l.child_id, l.parent_id, l.valid_from, COALESCE(l.valid_to, '9999-12-31') AS valid_to
    FROM org_link l
    WHERE l.axis = 'territory'
      AND NOT EXISTS (SELECT 1 FROM org_link s WHERE s.supersedes = l.id)
), below(unit_id, valid_from, valid_to) AS (
    SELECT v.unit_id, '0001-01-01', '9999-12-31' FROM org_unit_version v WHERE v.code = '410102005'
    UNION
    SELECT l.child_id,
           CASE WHEN l.valid_from > b.valid_from THEN l.valid_from ELSE b.valid_from END,
           CASE WHEN l.valid_to < b.valid_to THEN l.valid_to ELSE b.valid_to END
    FROM below b
    JOIN link l ON l.parent_id = b.unit_id
               AND l.valid_from < b.valid_to AND l.valid_to > b.valid_from
), counted AS (
    SELECT f.* FROM fact f
    WHERE f.kind = 'service_activity'
      AND EXISTS (
          SELECT 1 FROM below b
          WHERE b.unit_id = f.unit_id
            AND f.happened_on >= b.valid_from AND f.happened_on < b.valid_to)
), center AS (
    SELECT s.code, f.happened_on, f.last_on
    FROM fact f
    JOIN record_subject s ON s.record_id = f.id AND s.kind = 'facility'
    WHERE f.kind = 'facility' AND f.fields ->> 'facility_kind' = 'elder_mutual_care'
)
SELECT COUNT(DISTINCT f.id) AS value,
       CAST(NULL AS BIGINT) AS numerator,
       CAST(NULL AS BIGINT) AS denominator
FROM counted f
JOIN record_subject a ON a.record_id = f.id AND a.kind = 'facility'
JOIN center c ON c.code = a.code AND c.happened_on <= f.happened_on
 AND (c.last_on IS NULL OR c.last_on > f.happened_on)
WHERE f.happened_on BETWEEN '2015-01-01' AND '2015-06-30'
