-- Trainees of the class for community secretaries and directors that was sent out.
-- The database is the district, so no condition on units is needed.
SELECT COUNT(DISTINCT p.person_id) AS value,
       CAST(NULL AS BIGINT) AS numerator,
       CAST(NULL AS BIGINT) AS denominator
FROM fact f
JOIN record_person p ON p.record_id = f.id AND p.role = 'trainee'
WHERE f.kind = 'training_class' AND f.happened_on <= '2015-06-30'
  AND f.fields ->> 'audience' = 'community_head' AND f.fields ->> 'mode' = 'sent_out'
