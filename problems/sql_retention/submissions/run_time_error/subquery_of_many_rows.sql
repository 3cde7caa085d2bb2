-- why: a scalar subquery that returns a row for each event
SELECT u.signup_at::DATE AS cohort_date, count(*) AS cohort_size, (SELECT event_id FROM events) AS d0, 0 AS d1, 0 AS d7, 0::DOUBLE AS r0, 0::DOUBLE AS r1, 0::DOUBLE AS r7
FROM users u GROUP BY 1
