-- why: names a column that is not there
SELECT created_at::DATE AS cohort_date, count(*) AS cohort_size FROM users GROUP BY 1
