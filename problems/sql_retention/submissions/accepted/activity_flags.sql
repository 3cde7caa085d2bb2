-- why: one LEFT JOIN and three flags per user, then one GROUP BY per cohort; no DISTINCT
-- tier: 8x
WITH cohorts AS (
    SELECT user_id, signup_at, CAST(signup_at AS DATE) AS cohort_date
    FROM users, params
    WHERE CAST(signup_at AS DATE) <= as_of
),
flags AS (
    SELECT
        c.user_id,
        c.cohort_date,
        coalesce(bool_or(e.event_at::DATE = c.cohort_date), false) AS on_0,
        coalesce(bool_or(e.event_at::DATE = c.cohort_date + 1), false) AS on_1,
        coalesce(bool_or(e.event_at::DATE = c.cohort_date + 7), false) AS on_7
    FROM cohorts c
    LEFT JOIN events e ON e.user_id = c.user_id AND e.event_at >= c.signup_at
    GROUP BY c.user_id, c.cohort_date
)
SELECT
    cohort_date,
    count(*) AS cohort_size,
    count(*) FILTER (on_0) AS d0,
    CASE WHEN cohort_date + 1 <= any_value(as_of) THEN count(*) FILTER (on_1) END AS d1,
    CASE WHEN cohort_date + 7 <= any_value(as_of) THEN count(*) FILTER (on_7) END AS d7,
    d0 / cohort_size AS r0,
    d1 / cohort_size AS r1,
    d7 / cohort_size AS r7
FROM flags, params
GROUP BY cohort_date
