-- Retention of daily signup cohorts, in one pass over the events.
--
-- Each event finds its user's signup by a hash join and is reduced to a small number, the days since the cohort's
-- date. Only days 0, 1 and 7 survive, so the costly part, DISTINCT, sees a fraction of the rows. Sizes come from the
-- users alone: counted after the join they would miss everybody who never came back.
WITH members AS (
    SELECT user_id, signup_at, signup_at::DATE AS cohort_date
    FROM users, params
    WHERE signup_at::DATE <= as_of
),
active AS (
    SELECT DISTINCT user_id, cohort_date, event_at::DATE - cohort_date AS day
    FROM events
    JOIN members USING (user_id)
    WHERE event_at >= signup_at
      AND event_at::DATE - cohort_date IN (0, 1, 7)
),
sizes AS (
    SELECT cohort_date, count(*) AS cohort_size
    FROM members
    GROUP BY cohort_date
),
counts AS (
    SELECT
        cohort_date,
        count(*) FILTER (day = 0) AS n0,
        count(*) FILTER (day = 1) AS n1,
        count(*) FILTER (day = 7) AS n7
    FROM active
    GROUP BY cohort_date
),
known AS (
    SELECT
        cohort_date,
        cohort_size,
        coalesce(n0, 0) AS d0,
        CASE WHEN cohort_date + 1 <= as_of THEN coalesce(n1, 0) END AS d1,
        CASE WHEN cohort_date + 7 <= as_of THEN coalesce(n7, 0) END AS d7
    FROM sizes
    LEFT JOIN counts USING (cohort_date), params
)
SELECT
    *,
    d0 / cohort_size AS r0,
    d1 / cohort_size AS r1,
    d7 / cohort_size AS r7
FROM known
ORDER BY cohort_date
