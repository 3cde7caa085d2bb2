-- why: forgets DISTINCT: counts events, so that a user with three counts three times
-- fails: repeated_events_count_once
WITH members AS (
    SELECT user_id, signup_at, signup_at::DATE AS cohort_date
    FROM users, params
    WHERE signup_at::DATE <= as_of
),
active AS (
    SELECT m.user_id, m.cohort_date, e.event_at::DATE - m.cohort_date AS day
    FROM members m
    JOIN events e ON e.user_id = m.user_id AND e.event_at >= m.signup_at
),
counts AS (
    SELECT cohort_date, count(*) FILTER (day = 0) AS n0, count(*) FILTER (day = 1) AS n1, count(*) FILTER (day = 7) AS n7
    FROM active
    GROUP BY cohort_date
),
sizes AS (
    SELECT cohort_date, count(*) AS cohort_size FROM members GROUP BY cohort_date
)
SELECT
    cohort_date,
    cohort_size,
    coalesce(n0, 0) AS d0,
    CASE WHEN cohort_date + 1 <= as_of THEN coalesce(n1, 0) END AS d1,
    CASE WHEN cohort_date + 7 <= as_of THEN coalesce(n7, 0) END AS d7,
    d0 / cohort_size AS r0,
    d1 / cohort_size AS r1,
    d7 / cohort_size AS r7
FROM sizes LEFT JOIN counts USING (cohort_date), params
