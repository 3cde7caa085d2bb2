-- why: names a path as a table
-- verdict: RTE
SELECT * FROM '/box/sandbox/worker.py'
