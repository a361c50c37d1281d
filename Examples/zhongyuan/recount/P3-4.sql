-- Classes for organization cadres and young cadres that were sent out.
-- The database is the district, so no condition on units is needed.
SELECT COUNT(*) AS value,
       CAST(NULL AS BIGINT) AS numerator,
       CAST(NULL AS BIGINT) AS denominator
FROM fact f
WHERE f.kind = 'training_class' AND f.happened_on BETWEEN '2015-01-01' AND '2015-06-30'
  AND f.fields ->> 'mode' = 'sent_out'
  AND f.fields ->> 'audience' IN ('organization_cadre', 'young_cadre')
