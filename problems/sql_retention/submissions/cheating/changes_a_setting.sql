-- why: asks for more threads
-- verdict: CE
SET threads = 64
