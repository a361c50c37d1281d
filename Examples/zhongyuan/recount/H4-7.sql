-- Members of the street with a pledge in force on the last day who hold no post that day.
WITH RECURSIVE below(unit_id) AS (
    SELECT v.unit_id FROM org_unit_version v WHERE v.code = '410102003'
    UNION
    SELECT l.child_id
    FROM below b
    JOIN org_link l ON l.parent_id = b.unit_id AND l.axis = 'party'
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
SELECT COUNT(DISTINCT p.person_id) AS value,
       CAST(NULL AS BIGINT) AS numerator,
       CAST(NULL AS BIGINT) AS denominator
FROM fact f
JOIN origin o ON o.unit_id = f.unit_id
JOIN record_person p ON p.record_id = f.id AND p.role = 'member'
WHERE f.kind = 'pledge' AND f.happened_on <= '2015-06-30'
  AND (f.last_on IS NULL OR f.last_on > '2015-06-30')
  AND p.person_id IN (
      SELECT q.person_id
      FROM fact h
      JOIN record_person q ON q.record_id = h.id AND q.role = 'member'
      WHERE h.kind = 'membership'
        AND h.happened_on <= '2015-06-30' AND (h.last_on IS NULL OR h.last_on > '2015-06-30'))
  AND p.person_id NOT IN (
      SELECT q.person_id
      FROM fact h
      JOIN record_person q ON q.record_id = h.id AND q.role = 'holder'
      WHERE h.kind = 'post'
        AND h.happened_on <= '2015-06-30' AND (h.last_on IS NULL OR h.last_on > '2015-06-30'))
