-- why: each user's days in one list, looked up with list_contains
WITH days AS (
    SELECT u.user_id, u.signup_at::DATE AS cohort_date, list(DISTINCT e.event_at::DATE) AS days
    FROM users u
    LEFT JOIN events e ON e.user_id = u.user_id AND e.event_at >= u.signup_at
    WHERE u.signup_at IS NOT NULL
    GROUP BY ALL
)
SELECT
    cohort_date,
    count(*) AS cohort_size,
    count(*) FILTER (list_contains(days, cohort_date)) AS d0,
    CASE WHEN cohort_date + 1 <= as_of THEN count(*) FILTER (list_contains(days, cohort_date + 1)) END AS d1,
    CASE WHEN cohort_date + 7 <= as_of THEN count(*) FILTER (list_contains(days, cohort_date + 7)) END AS d7,
    d0 / cohort_size AS r0,
    d1 / cohort_size AS r1,
    d7 / cohort_size AS r7
FROM days, params
WHERE cohort_date <= as_of
GROUP BY cohort_date, as_of
