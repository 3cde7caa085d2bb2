-- why: the shortest way: COUNT(DISTINCT ...) with a FILTER for each day, over one LEFT JOIN
-- tier: 3x
WITH p AS (SELECT as_of FROM params)
SELECT
    u.signup_at::DATE AS cohort_date,
    count(DISTINCT u.user_id) AS cohort_size,
    count(DISTINCT e.user_id) FILTER (e.event_at::DATE = u.signup_at::DATE) AS d0,
    CASE WHEN u.signup_at::DATE + 1 <= any_value(as_of)
        THEN count(DISTINCT e.user_id) FILTER (e.event_at::DATE = u.signup_at::DATE + 1) END AS d1,
    CASE WHEN u.signup_at::DATE + 7 <= any_value(as_of)
        THEN count(DISTINCT e.user_id) FILTER (e.event_at::DATE = u.signup_at::DATE + 7) END AS d7,
    d0 / cohort_size AS r0,
    d1 / cohort_size AS r1,
    d7 / cohort_size AS r7
FROM users u
CROSS JOIN p
LEFT JOIN events e ON e.user_id = u.user_id AND e.event_at >= u.signup_at
WHERE u.signup_at::DATE <= p.as_of
GROUP BY u.signup_at::DATE
ORDER BY 1;
