-- why: gives 0 for a day that is not over yet, where nothing is known
-- fails: as_of_decides_what_is_known
WITH flags AS (
    SELECT
        u.user_id,
        u.signup_at::DATE AS cohort_date,
        bool_or(e.event_at::DATE = u.signup_at::DATE) AS on_0,
        bool_or(e.event_at::DATE = u.signup_at::DATE + 1) AS on_1,
        bool_or(e.event_at::DATE = u.signup_at::DATE + 7) AS on_7
    FROM users u
    LEFT JOIN events e ON e.user_id = u.user_id AND e.event_at >= u.signup_at
    WHERE u.signup_at IS NOT NULL
    GROUP BY u.user_id, u.signup_at
)
SELECT
    cohort_date,
    count(*) AS cohort_size,
    count(*) FILTER (on_0) AS d0,
    count(*) FILTER (on_1) AS d1,
    count(*) FILTER (on_7) AS d7,
    d0 / cohort_size AS r0,
    d1 / cohort_size AS r1,
    d7 / cohort_size AS r7
FROM flags, params
WHERE cohort_date <= as_of
GROUP BY cohort_date, as_of
