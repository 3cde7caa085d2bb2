-- why: cohorts times a small table of days, a LEFT JOIN to what happened, then the three rows folded into one
WITH days(k) AS (VALUES (0), (1), (7)),
members AS (
    SELECT user_id, signup_at, signup_at::DATE AS cohort_date FROM users WHERE signup_at IS NOT NULL
),
sizes AS (
    SELECT cohort_date, count(*) AS cohort_size FROM members, params WHERE cohort_date <= as_of GROUP BY ALL
),
retained AS (
    SELECT m.cohort_date, date_diff('day', m.cohort_date, e.event_at::DATE) AS k, count(DISTINCT m.user_id) AS users
    FROM members m JOIN events e ON e.user_id = m.user_id AND e.event_at >= m.signup_at
    GROUP BY ALL
),
grid AS (
    SELECT s.cohort_date, s.cohort_size, d.k,
        CASE WHEN s.cohort_date + d.k <= (SELECT as_of FROM params) THEN coalesce(r.users, 0) END AS users
    FROM sizes s CROSS JOIN days d LEFT JOIN retained r ON r.cohort_date = s.cohort_date AND r.k = d.k
)
SELECT
    cohort_date,
    any_value(cohort_size) AS cohort_size,
    max(users) FILTER (k = 0) AS d0,
    max(users) FILTER (k = 1) AS d1,
    max(users) FILTER (k = 7) AS d7,
    max(users / cohort_size) FILTER (k = 0) AS r0,
    max(users / cohort_size) FILTER (k = 1) AS r1,
    max(users / cohort_size) FILTER (k = 7) AS r7
FROM grid
GROUP BY cohort_date
