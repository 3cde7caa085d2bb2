-- Daily signup cohorts and who came back on day 0, day 1 and day 7.
--
-- Tables:
--   users(user_id BIGINT, signup_at TIMESTAMP)
--   events(event_id BIGINT, user_id BIGINT, event_at TIMESTAMP, name VARCHAR)
--   params(as_of DATE)                                  one row
--
-- Result: cohort_date DATE, cohort_size, d0, d1, d7 (any integer type), r0, r1, r7 DOUBLE
--
-- This query has the right columns and no rows. Build yours with WITH, step by step.
SELECT
    as_of AS cohort_date,
    0 AS cohort_size,
    0 AS d0,
    0 AS d1,
    0 AS d7,
    0.0::DOUBLE AS r0,
    0.0::DOUBLE AS r1,
    0.0::DOUBLE AS r7
FROM params
WHERE false
