-- Settings, and holiday notices that came after the program was built.

CREATE TABLE setting (
    organ_id   TEXT NOT NULL, -- '' for the whole deployment
    name       TEXT NOT NULL,
    value      TEXT NOT NULL,
    changed_by TEXT NOT NULL,
    changed_at BIGINT NOT NULL,
    PRIMARY KEY (organ_id, name)
);

CREATE TABLE holiday_notice (
    id         TEXT PRIMARY KEY,
    region     TEXT NOT NULL DEFAULT '', -- '' for the whole country
    year       BIGINT NOT NULL,
    notice     TEXT NOT NULL, -- JSON of calendar.Notice
    source     TEXT NOT NULL, -- the text as it was pasted or read
    added_by   TEXT NOT NULL,
    added_at   BIGINT NOT NULL,
    applied_at BIGINT NOT NULL DEFAULT 0,
    moved_at   BIGINT NOT NULL DEFAULT 0, -- when the open deadlines had been counted anew
    moved      BIGINT NOT NULL DEFAULT 0, -- how many had moved
    revoked_at BIGINT NOT NULL DEFAULT 0
);
