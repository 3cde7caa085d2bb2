-- why: PIVOT without IN is several statements, one of which makes a type
-- verdict: CE
PIVOT users ON user_id USING count(*)
