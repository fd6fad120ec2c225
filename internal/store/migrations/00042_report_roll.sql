-- The records that a signed report counts, one by one, as they were frozen.
CREATE TABLE report_roll (
    report_id TEXT NOT NULL REFERENCES report (id),
    version   BIGINT NOT NULL,
    roll      BYTEA NOT NULL, -- JSON
    PRIMARY KEY (report_id, version)
);
