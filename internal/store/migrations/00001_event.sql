-- Events, the Merkle log over them, and counters that tell caches to load anew.
-- Times are microseconds since 1970 (UTC), days are text as 2026-11-22.
-- The same text runs on SQLite and PostgreSQL.

CREATE TABLE event (
    id      TEXT PRIMARY KEY,
    at      BIGINT NOT NULL,
    actor   TEXT NOT NULL,
    organ   TEXT NOT NULL,
    subject TEXT NOT NULL,
    kind    TEXT NOT NULL,
    data    TEXT NOT NULL,
    state   TEXT NOT NULL DEFAULT '',
    seq     BIGINT UNIQUE -- place in the log; null until sequenced
);
CREATE INDEX event_subject ON event (subject, at, id);
CREATE INDEX event_organ ON event (organ, at, id);
CREATE INDEX event_actor ON event (actor, at, id);
CREATE INDEX event_kind ON event (kind, at, id);
CREATE INDEX event_at ON event (at, id);
CREATE INDEX event_waiting ON event (id) WHERE seq IS NULL;

CREATE TABLE log_hash (
    place BIGINT PRIMARY KEY, -- tlog.StoredHashIndex
    hash  BYTEA NOT NULL
);

CREATE TABLE log_head (
    size BIGINT PRIMARY KEY,
    root TEXT NOT NULL,  -- base64
    at   BIGINT NOT NULL,
    note TEXT NOT NULL   -- the signed note, as published
);

CREATE TABLE revision (
    name TEXT PRIMARY KEY,
    n    BIGINT NOT NULL
);
