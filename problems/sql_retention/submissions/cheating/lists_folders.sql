-- why: looks round the file system
-- verdict: RTE
SELECT * FROM glob('/**')
