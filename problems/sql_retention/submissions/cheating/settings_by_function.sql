-- why: turns on profiling through a table function
-- verdict: RTE
SELECT * FROM enable_profiling()
