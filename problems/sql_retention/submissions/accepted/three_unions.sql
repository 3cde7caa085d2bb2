-- why: one SELECT per day, put together with UNION ALL
-- tier: 8x
WITH m AS (SELECT user_id, signup_at, signup_at::DATE AS cohort_date FROM users, params WHERE signup_at::DATE <= as_of),
e AS (SELECT DISTINCT m.user_id, m.cohort_date, event_at::DATE AS day FROM events JOIN m USING (user_id) WHERE event_at >= signup_at),
parts AS (
    SELECT cohort_date, count(*) AS n, 0 AS n0, 0 AS n1, 0 AS n7 FROM m GROUP BY ALL
    UNION ALL
    SELECT cohort_date, 0, count(*), 0, 0 FROM e WHERE day = cohort_date GROUP BY ALL
    UNION ALL
    SELECT cohort_date, 0, 0, count(*), 0 FROM e WHERE day = cohort_date + 1 GROUP BY ALL
    UNION ALL
    SELECT cohort_date, 0, 0, 0, count(*) FROM e WHERE day = cohort_date + 7 GROUP BY ALL
)
SELECT
    cohort_date,
    sum(n)::BIGINT AS cohort_size,
    sum(n0)::INTEGER AS d0,
    CASE WHEN cohort_date < any_value(as_of) THEN sum(n1)::BIGINT END AS d1,
    CASE WHEN cohort_date <= any_value(as_of) - 7 THEN sum(n7)::BIGINT END AS d7,
    d0 / cohort_size AS r0,
    d1 / cohort_size AS r1,
    d7 / cohort_size AS r7
FROM parts, params
GROUP BY cohort_date
