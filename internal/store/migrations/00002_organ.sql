-- Organs: their life in versions, and how they stand today.

CREATE TABLE organ (
    id          TEXT PRIMARY KEY,
    parent_id   TEXT REFERENCES organ (id),
    path        TEXT NOT NULL UNIQUE, -- keys from the root, each followed by '/': what is below begins with it
    name        TEXT NOT NULL,
    nature      TEXT NOT NULL,
    level       TEXT NOT NULL,
    region      TEXT NOT NULL,
    credit_code TEXT,
    ended       BOOLEAN NOT NULL DEFAULT FALSE,
    position    BIGINT NOT NULL DEFAULT 0, -- among its sisters
    created_at  BIGINT NOT NULL
);
CREATE INDEX organ_parent ON organ (parent_id, position, id);

CREATE TABLE organ_version (
    organ_id     TEXT NOT NULL REFERENCES organ (id),
    valid_from   TEXT NOT NULL,
    valid_until  TEXT, -- the first day on which it holds no longer
    name         TEXT NOT NULL,
    short_name   TEXT NOT NULL DEFAULT '',
    parent_id    TEXT REFERENCES organ (id),
    nature       TEXT NOT NULL,
    level        TEXT NOT NULL,
    region       TEXT NOT NULL,
    credit_code  TEXT,
    vertical     BOOLEAN NOT NULL DEFAULT FALSE,
    contact      TEXT NOT NULL DEFAULT '{}',
    reason       TEXT NOT NULL DEFAULT '',
    successor_id TEXT REFERENCES organ (id),
    end_reason   TEXT NOT NULL DEFAULT '',
    PRIMARY KEY (organ_id, valid_from)
);
CREATE INDEX organ_version_parent ON organ_version (parent_id, organ_id);
CREATE INDEX organ_version_code ON organ_version (credit_code) WHERE credit_code IS NOT NULL;
