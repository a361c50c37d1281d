-- Weeks whose Thursday lies in the half-year, and those with a session of the bureau.
-- A day number divided by seven is the number of its week, which begins on a Monday.
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
), held AS (
    SELECT CAST(SUBSTR(f.happened_on, 1, 4) AS INTEGER) AS y,
           CAST(SUBSTR(f.happened_on, 6, 2) AS INTEGER) AS m,
           CAST(SUBSTR(f.happened_on, 9, 2) AS INTEGER) AS d
    FROM counted f
), period AS (
    -- 2457024 is 2015-01-01 and 2457204 is 2015-06-30; both lines below count weeks by Thursdays.
    SELECT (2457024 + 3) / 7 AS first_week, (2457204 - 3) / 7 AS last_week
), kept AS (
    SELECT DISTINCT (d + (153 * (m + 12 * ((14 - m) / 12) - 3) + 2) / 5
           + 365 * (y + 4800 - (14 - m) / 12) + (y + 4800 - (14 - m) / 12) / 4
           - (y + 4800 - (14 - m) / 12) / 100 + (y + 4800 - (14 - m) / 12) / 400
           - 32045) / 7 AS week
    FROM held
)
SELECT (200 * n.kept + n.due) / (2 * n.due) AS value, n.kept AS numerator, n.due AS denominator
FROM (
    SELECT COUNT(*) AS kept, p.last_week - p.first_week + 1 AS due
    FROM kept k, period p
    WHERE k.week BETWEEN p.first_week AND p.last_week
    GROUP BY p.first_week, p.last_week
) n
