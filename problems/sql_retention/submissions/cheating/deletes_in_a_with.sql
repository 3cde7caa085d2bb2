-- why: deletes the events; the parser takes it for a SELECT
-- verdict: RTE
WITH gone AS (DELETE FROM events RETURNING *) SELECT count(*) FROM gone
