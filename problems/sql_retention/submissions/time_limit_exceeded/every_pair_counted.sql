-- why: pairs every event with every user and every other event before it filters, as without a join condition
SELECT u.signup_at::DATE AS cohort_date, count(*) AS cohort_size, 0 AS d0, 0 AS d1, 0 AS d7, 0.0::DOUBLE AS r0, 0.0::DOUBLE AS r1, 0.0::DOUBLE AS r7
FROM users u, range(100000) a, range(100000) b, params
WHERE hash(u.user_id, a.range, b.range) % 1000 = 0 AND u.signup_at::DATE <= as_of
GROUP BY 1
