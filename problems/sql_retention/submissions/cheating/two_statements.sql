-- why: changes a table first, then asks
-- verdict: CE
DELETE FROM events; SELECT * FROM events
