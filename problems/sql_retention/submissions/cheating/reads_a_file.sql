-- why: reads a file of the machine
-- verdict: RTE
SELECT * FROM read_csv('/etc/passwd', header = false)
