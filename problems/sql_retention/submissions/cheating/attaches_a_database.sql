-- why: attaches a database file
-- verdict: CE
ATTACH '/tmp/kept.db' AS kept
