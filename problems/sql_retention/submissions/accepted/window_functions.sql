-- why: windows throughout: ROW_NUMBER keeps one event per user and day, COUNT OVER gives the sizes
-- tier: below
WITH members AS (
    SELECT
        user_id,
        signup_at,
        signup_at::DATE AS cohort_date,
        as_of,
        count(*) OVER (PARTITION BY signup_at::DATE) AS cohort_size
    FROM users, params
    WHERE signup_at::DATE <= as_of
),
firsts AS (
    SELECT user_id, event_at::DATE - cohort_date AS day
    FROM members JOIN events USING (user_id)
    WHERE event_at >= signup_at
    QUALIFY row_number() OVER (PARTITION BY user_id, event_at::DATE ORDER BY event_id) = 1
)
SELECT DISTINCT
    cohort_date,
    cohort_size,
    count(*) FILTER (day = 0) OVER cohort AS d0,
    CASE WHEN cohort_date + 1 <= as_of THEN count(*) FILTER (day = 1) OVER cohort END AS d1,
    CASE WHEN cohort_date + 7 <= as_of THEN count(*) FILTER (day = 7) OVER cohort END AS d7,
    d0 / cohort_size AS r0,
    d1 / cohort_size AS r1,
    d7 / cohort_size AS r7
FROM members LEFT JOIN firsts USING (user_id)
WINDOW cohort AS (PARTITION BY cohort_date)
