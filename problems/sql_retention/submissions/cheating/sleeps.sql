-- why: waits instead of working, where only CPU time is counted
-- verdict: TLE
SELECT as_of AS cohort_date, sleep_ms(3600000) AS cohort_size, 0 AS d0, 0 AS d1, 0 AS d7, 0::DOUBLE AS r0, 0::DOUBLE AS r1, 0::DOUBLE AS r7 FROM params
