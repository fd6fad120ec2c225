-- Other gongkai that send annual reports here, and reports on their way to the superior's.

CREATE TABLE sender (
    id       TEXT PRIMARY KEY,
    organ_id TEXT NOT NULL REFERENCES organ (id), -- for it and all below
    name     TEXT NOT NULL,
    key      TEXT NOT NULL UNIQUE, -- public
    added_by TEXT NOT NULL,
    added_at BIGINT NOT NULL,
    ended_at BIGINT NOT NULL, -- 0 while it may send
    used_at  BIGINT NOT NULL
);
CREATE INDEX sender_organ ON sender (organ_id, id);

CREATE TABLE delivery (
    id       TEXT PRIMARY KEY,
    organ_id TEXT NOT NULL REFERENCES organ (id),
    year     BIGINT NOT NULL,
    version  BIGINT NOT NULL,
    state    TEXT NOT NULL,
    address  TEXT NOT NULL,
    answer   TEXT NOT NULL,
    asked_by TEXT NOT NULL,
    asked_at BIGINT NOT NULL,
    ended_at BIGINT NOT NULL
);
CREATE INDEX delivery_report ON delivery (organ_id, year, id);
CREATE INDEX delivery_under_way ON delivery (id) WHERE state = 'under-way';
