-- why: a scalar subquery for each number, correlated with the cohort; easy to read, and each scans the events again
WITH active AS (
    SELECT DISTINCT u.user_id, u.signup_at::DATE AS cohort_date, e.event_at::DATE AS day
    FROM users u, events e WHERE e.user_id = u.user_id AND e.event_at >= u.signup_at
),
cohorts AS (
    SELECT u.signup_at::DATE AS cohort_date, count(*) AS cohort_size, any_value(as_of) AS as_of
    FROM users u, params WHERE u.signup_at::DATE <= as_of GROUP BY 1
),
counted AS (
    SELECT c.*,
        (SELECT count(*) FROM active a WHERE a.cohort_date = c.cohort_date AND a.day = c.cohort_date) AS d0,
        (SELECT count(*) FROM active a WHERE a.cohort_date = c.cohort_date AND a.day = c.cohort_date + 1) AS n1,
        (SELECT count(*) FROM active a WHERE a.cohort_date = c.cohort_date AND a.day = c.cohort_date + 7) AS n7
    FROM cohorts c
)
SELECT cohort_date, cohort_size, d0,
    CASE WHEN cohort_date + 1 <= as_of THEN n1 END AS d1,
    CASE WHEN cohort_date + 7 <= as_of THEN n7 END AS d7,
    d0 / cohort_size AS r0,
    CASE WHEN cohort_date + 1 <= as_of THEN n1 END / cohort_size AS r1,
    CASE WHEN cohort_date + 7 <= as_of THEN n7 END / cohort_size AS r7
FROM counted
