-- why: takes the cohort dates from a calendar that ends with the year 2030
-- fails: shifted_dates_shift_the_answer
WITH members AS (
    SELECT user_id, signup_at, signup_at::DATE AS cohort_date
    FROM users, params
    WHERE signup_at::DATE <= as_of
),
active AS (
    SELECT DISTINCT m.user_id, m.cohort_date, e.event_at::DATE - m.cohort_date AS day
    FROM members m
    JOIN events e ON e.user_id = m.user_id AND e.event_at >= m.signup_at
),
counts AS (
    SELECT cohort_date, count(*) FILTER (day = 0) AS n0, count(*) FILTER (day = 1) AS n1, count(*) FILTER (day = 7) AS n7
    FROM active
    GROUP BY cohort_date
),
sizes AS (
    SELECT day::DATE AS cohort_date, count(user_id) AS cohort_size
    FROM range(DATE '1990-01-01', DATE '2031-01-01', INTERVAL 1 DAY) AS calendar(day)
    JOIN members ON cohort_date = day
    GROUP BY day
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
