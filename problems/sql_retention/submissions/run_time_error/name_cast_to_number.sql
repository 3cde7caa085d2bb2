-- why: casts the event's name to a number, which works in no row
SELECT u.signup_at::DATE AS cohort_date, count(*) AS cohort_size, sum(e.name::INTEGER) AS d0, 0 AS d1, 0 AS d7, 0::DOUBLE AS r0, 0::DOUBLE AS r1, 0::DOUBLE AS r7
FROM users u LEFT JOIN events e USING (user_id)
GROUP BY 1
