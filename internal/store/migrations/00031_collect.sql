-- Annual reports of those below: what was received, what was found when they were checked
-- against each other, and notices about it.

CREATE TABLE received (
    id          TEXT PRIMARY KEY,
    keeper_id   TEXT NOT NULL REFERENCES organ (id), -- that received it
    organ_id    TEXT REFERENCES organ (id), -- whose report it is; NULL while it waits
    year        BIGINT NOT NULL,
    version     BIGINT NOT NULL, -- 0 while it waits
    state       TEXT NOT NULL, -- waiting, counted, replaced, dropped
    way         TEXT NOT NULL, -- file, api
    name        TEXT NOT NULL, -- of the file
    received_on TEXT NOT NULL,
    doubts      BIGINT NOT NULL, -- cells that still need a hand
    bundle      TEXT NOT NULL, -- SHA-256 of what was sent signed; '' for files
    printed     TEXT NOT NULL, -- JSON: the report as it counts
    file        TEXT NOT NULL -- JSON: all of it
);
CREATE UNIQUE INDEX received_counted ON received (organ_id, year) WHERE state = 'counted';
CREATE INDEX received_organ ON received (organ_id, year, version);
CREATE INDEX received_waiting ON received (keeper_id, id) WHERE state = 'waiting';
CREATE UNIQUE INDEX received_bundle ON received (bundle) WHERE bundle <> '';

-- What is known of an organ and a year beside its report. A check is made anew when more
-- was wanted than was done.
CREATE TABLE collection (
    organ_id   TEXT NOT NULL REFERENCES organ (id),
    year       BIGINT NOT NULL,
    due        TEXT NOT NULL DEFAULT '', -- last day; '' until it was reckoned
    wanted     BIGINT NOT NULL DEFAULT 0,
    done       BIGINT NOT NULL DEFAULT 0,
    mark       TEXT NOT NULL DEFAULT '', -- of the report that was checked; '' for none
    checked_at BIGINT NOT NULL DEFAULT 0,
    errors     BIGINT NOT NULL DEFAULT 0,
    warnings   BIGINT NOT NULL DEFAULT 0,
    doubts     BIGINT NOT NULL DEFAULT 0,
    findings   TEXT NOT NULL DEFAULT '[]', -- JSON
    figures    TEXT NOT NULL DEFAULT '', -- JSON: of the report; '' for none
    sum        TEXT NOT NULL DEFAULT '', -- JSON: of all at and below; '' where none is below
    summed     BIGINT NOT NULL DEFAULT 0,
    received   BIGINT NOT NULL DEFAULT -1, -- figures that organs are compared by; -1 when not known
    concluded  BIGINT NOT NULL DEFAULT -1,
    disclosed  BIGINT NOT NULL DEFAULT -1,
    reviews    BIGINT NOT NULL DEFAULT -1,
    corrected  BIGINT NOT NULL DEFAULT -1,
    PRIMARY KEY (organ_id, year)
);
CREATE INDEX collection_stale ON collection (year, organ_id) WHERE wanted <> done;
CREATE INDEX collection_year ON collection (year, organ_id);

CREATE TABLE collection_sentence (
    year     BIGINT NOT NULL,
    hash     TEXT NOT NULL,
    organ_id TEXT NOT NULL REFERENCES organ (id),
    PRIMARY KEY (year, hash, organ_id)
);
CREATE INDEX collection_sentence_organ ON collection_sentence (organ_id, year);

CREATE TABLE mending (
    id        TEXT PRIMARY KEY,
    keeper_id TEXT NOT NULL REFERENCES organ (id), -- that issued it
    organ_id  TEXT NOT NULL REFERENCES organ (id),
    year      BIGINT NOT NULL,
    number    TEXT NOT NULL,
    status    TEXT NOT NULL,
    active    BOOLEAN NOT NULL,
    issued_on TEXT NOT NULL,
    due       TEXT NOT NULL,
    closed_on TEXT NOT NULL,
    found     BIGINT NOT NULL,
    file      TEXT NOT NULL -- JSON: all of it
);
CREATE UNIQUE INDEX mending_active ON mending (organ_id, year) WHERE active;
CREATE INDEX mending_organ ON mending (organ_id, year, id);
CREATE INDEX mending_due ON mending (status, due, id);

INSERT INTO collection (organ_id, year, wanted) SELECT organ_id, year, 1 FROM report WHERE versions > 0;
