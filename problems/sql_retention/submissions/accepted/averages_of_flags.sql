-- why: rates as averages of 0 and 1, and counts back from them by a second sum; macros of the dialect avoided
-- tier: 8x
WITH base AS (
    SELECT u.user_id, u.signup_at::DATE AS cohort_date, any_value(p.as_of) AS as_of,
        max((e.event_at::DATE IS NOT DISTINCT FROM u.signup_at::DATE)::INT) AS f0,
        max((e.event_at::DATE IS NOT DISTINCT FROM u.signup_at::DATE + 1)::INT) AS f1,
        max((e.event_at::DATE IS NOT DISTINCT FROM u.signup_at::DATE + 7)::INT) AS f7
    FROM users u
    JOIN params p ON u.signup_at < p.as_of + INTERVAL 1 DAY
    LEFT JOIN events e ON e.user_id = u.user_id AND e.event_at >= u.signup_at
    GROUP BY u.user_id, u.signup_at::DATE
),
known AS (
    SELECT user_id, cohort_date, f0,
        CASE WHEN cohort_date + 1 <= as_of THEN f1 END AS f1,
        CASE WHEN cohort_date + 7 <= as_of THEN f7 END AS f7
    FROM base
)
SELECT cohort_date, count(*) AS cohort_size, sum(f0) AS d0, sum(f1) AS d1, sum(f7) AS d7, avg(f0) AS r0, avg(f1) AS r1, avg(f7) AS r7
FROM known
GROUP BY cohort_date
