-- why: writes users of its own; the parser takes it for a SELECT
-- verdict: RTE
WITH more AS (INSERT INTO users VALUES (1, NULL) RETURNING *) SELECT * FROM more
