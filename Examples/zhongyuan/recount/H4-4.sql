-- Team-months of power-safety teams that stood the whole month, and those with an inspection.
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
    WHERE f.kind = 'volunteer_team'
      AND EXISTS (
          SELECT 1 FROM below b
          WHERE b.unit_id = f.unit_id
            AND f.happened_on >= b.valid_from AND f.happened_on < b.valid_to)
), month(first_day, next_day) AS (
    VALUES ('2015-01-01', '2015-02-01'), ('2015-02-01', '2015-03-01'),
           ('2015-03-01', '2015-04-01'), ('2015-04-01', '2015-05-01'),
           ('2015-05-01', '2015-06-01'), ('2015-06-01', '2015-07-01')
), due AS (
    SELECT DISTINCT s.code, m.first_day, m.next_day
    FROM counted f
    JOIN record_subject s ON s.record_id = f.id AND s.kind = 'team'
    JOIN month m ON f.happened_on <= m.first_day
                AND (f.last_on IS NULL OR f.last_on >= m.next_day)
    WHERE f.fields ->> 'team_kind' = 'power_safety'
), kept AS (
    SELECT d.code, d.first_day
    FROM due d
    WHERE EXISTS (
        SELECT 1
        FROM fact i
        JOIN record_subject s ON s.record_id = i.id AND s.kind = 'team'
        WHERE i.kind = 'inspection' AND s.code = d.code
          AND i.happened_on >= d.first_day AND i.happened_on < d.next_day)
)
SELECT (200 * n.kept + n.due) / (2 * n.due) AS value, n.kept AS numerator, n.due AS denominator
FROM (SELECT (SELECT COUNT(*) FROM kept) AS kept, (SELECT COUNT(*) FROM due) AS due) n
