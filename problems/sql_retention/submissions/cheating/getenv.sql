-- why: asks for an environment variable
-- verdict: RTE
SELECT getenv('HOME') AS cohort_date
