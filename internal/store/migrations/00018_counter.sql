-- Supervision counts the open requests from a counter, whatever their number.

CREATE TABLE load_tally (
    organ_id TEXT NOT NULL REFERENCES organ (id),
    status   TEXT NOT NULL,
    handler  TEXT NOT NULL,
    due      TEXT NOT NULL,
    n        BIGINT NOT NULL,
    PRIMARY KEY (organ_id, status, handler, due)
);
INSERT INTO load_tally (organ_id, status, handler, due, n)
SELECT organ_id, status, handler, due, COUNT(*) FROM request WHERE open GROUP BY 1, 2, 3, 4;
DROP INDEX request_load;

-- SQLite looks the condition of a partial index up again, so it stands among the columns.
DROP INDEX request_open;
CREATE INDEX request_open ON request (organ_id, due, id, open) WHERE open;

-- What stands in a cell of table 3 is counted from an index alone.
DROP INDEX request_ended;
CREATE INDEX request_ended ON request (organ_id, ended, ended_on, id, received_on, kind);
CREATE INDEX request_over ON request (organ_id, ended_on, id, received_on, kind, ended);

-- Rows from which the last request has gone.
DELETE FROM request_gram WHERE LENGTH(places) = 0;
