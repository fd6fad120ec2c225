-- Supervision reads open requests from their index alone: SQLite looks the
-- condition of a partial index up again, so it stands among the columns.

DROP INDEX request_load;
CREATE INDEX request_load ON request (organ_id, status, handler, due, open) WHERE open;
