-- why: a user's days as bits of one small integer, by BIT_OR; no DISTINCT and no text anywhere
-- tier: 8x
WITH members AS (
    SELECT user_id, signup_at, signup_at::DATE AS cohort_date FROM users, params WHERE signup_at::DATE <= as_of
),
active AS (
    SELECT e.user_id, bit_or(1::UTINYINT << (e.event_at::DATE - m.cohort_date)::UTINYINT) AS days
    FROM members m JOIN events e ON e.user_id = m.user_id AND e.event_at >= m.signup_at
    WHERE e.event_at::DATE - m.cohort_date IN (0, 1, 7)
    GROUP BY e.user_id
),
counted AS (
    SELECT cohort_date, count(*) AS cohort_size,
        count(*) FILTER (days & 1 = 1) AS d0, count(*) FILTER (days & 2 = 2) AS n1, count(*) FILTER (days & 128 = 128) AS n7
    FROM members LEFT JOIN active USING (user_id)
    GROUP BY cohort_date
)
SELECT
    cohort_date, cohort_size, d0,
    CASE WHEN cohort_date + 1 <= as_of THEN n1 END AS d1,
    CASE WHEN cohort_date + 7 <= as_of THEN n7 END AS d7,
    d0 / cohort_size AS r0, d1 / cohort_size AS r1, d7 / cohort_size AS r7
FROM counted, params
