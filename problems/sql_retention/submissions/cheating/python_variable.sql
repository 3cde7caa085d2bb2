-- why: reads a variable of the interpreter as a table
-- verdict: RTE
SELECT * FROM functions
