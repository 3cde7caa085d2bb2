-- why: one EXISTS for each day, with half-open ranges of timestamps and no cast of event_at
WITH members AS (
    SELECT user_id, signup_at, date_trunc('day', signup_at)::DATE AS cohort_date, as_of
    FROM users JOIN params ON date_trunc('day', signup_at) <= as_of
),
seen AS (
    SELECT
        m.cohort_date,
        m.as_of,
        EXISTS (SELECT 1 FROM events e WHERE e.user_id = m.user_id
            AND e.event_at >= m.signup_at AND e.event_at < m.cohort_date + INTERVAL 1 DAY) AS s0,
        EXISTS (SELECT 1 FROM events e WHERE e.user_id = m.user_id
            AND e.event_at >= m.cohort_date + INTERVAL 1 DAY AND e.event_at < m.cohort_date + INTERVAL 2 DAY) AS s1,
        EXISTS (SELECT 1 FROM events e WHERE e.user_id = m.user_id
            AND e.event_at >= m.cohort_date + INTERVAL 7 DAY AND e.event_at < m.cohort_date + INTERVAL 8 DAY) AS s7
    FROM members m
)
SELECT
    cohort_date,
    count(*) AS cohort_size,
    count_if(s0) AS d0,
    if(cohort_date + 1 > any_value(as_of), NULL, count_if(s1)) AS d1,
    if(cohort_date + 7 > any_value(as_of), NULL, count_if(s7)) AS d7,
    count_if(s0) / count(*) AS r0,
    if(cohort_date + 1 > any_value(as_of), NULL, count_if(s1) / count(*)) AS r1,
    if(cohort_date + 7 > any_value(as_of), NULL, count_if(s7) / count(*)) AS r7
FROM seen
GROUP BY cohort_date
