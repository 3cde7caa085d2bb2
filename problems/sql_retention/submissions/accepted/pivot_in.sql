-- why: PIVOT with its values listed, which is one statement; without IN it would be refused
WITH members AS (
    SELECT user_id, signup_at, signup_at::DATE AS cohort_date FROM users, params WHERE signup_at::DATE <= as_of
),
active AS (
    SELECT DISTINCT m.user_id, cohort_date, (event_at::DATE - cohort_date)::INTEGER AS day
    FROM members m JOIN events e ON m.user_id = e.user_id AND signup_at <= event_at
),
folded AS (
    FROM (PIVOT (SELECT cohort_date, day FROM active) ON day IN (0, 1, 7) USING count(*) GROUP BY cohort_date)
),
sizes AS (SELECT cohort_date, count(*) AS cohort_size FROM members GROUP BY ALL)
SELECT
    cohort_date,
    cohort_size,
    ifnull("0", 0) AS d0,
    CASE WHEN as_of - cohort_date >= 1 THEN ifnull("1", 0) END AS d1,
    CASE WHEN as_of - cohort_date >= 7 THEN ifnull("7", 0) END AS d7,
    d0 / cohort_size AS r0,
    d1 / cohort_size AS r1,
    d7 / cohort_size AS r7
FROM sizes LEFT JOIN folded USING (cohort_date) CROSS JOIN params
