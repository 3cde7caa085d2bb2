-- why: keeps every second since 1970 in one list to look the days up in
SELECT as_of AS cohort_date, len(list(second)) AS cohort_size, 0 AS d0, 0 AS d1, 0 AS d7, 0::DOUBLE AS r0, 0::DOUBLE AS r1, 0::DOUBLE AS r7
FROM range(400000000) t(second), params
GROUP BY as_of
