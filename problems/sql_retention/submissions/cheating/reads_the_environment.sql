-- why: reads the process's environment as a file
-- verdict: RTE
SELECT content FROM read_text('/proc/self/environ')
