-- why: calls where only a SELECT may be
-- verdict: CE
CALL enable_logging()
