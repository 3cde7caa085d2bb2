-- why: writes a file
-- verdict: CE
COPY (SELECT * FROM events) TO '/tmp/seen.csv'
