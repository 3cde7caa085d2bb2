-- why: a recursive calendar whose recursion has no end
WITH RECURSIVE calendar AS (
    SELECT 0 AS k
    UNION ALL
    SELECT (k + 1) % 1000 FROM calendar
)
SELECT as_of AS cohort_date, count(*) AS cohort_size, 0 AS d0, 0 AS d1, 0 AS d7, 0::DOUBLE AS r0, 0::DOUBLE AS r1, 0::DOUBLE AS r7
FROM calendar, params
GROUP BY as_of
