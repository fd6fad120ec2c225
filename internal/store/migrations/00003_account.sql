-- People, what they may do where, and their sessions.

CREATE TABLE person (
    id            TEXT PRIMARY KEY,
    organ_id      TEXT NOT NULL REFERENCES organ (id),
    login         TEXT NOT NULL UNIQUE, -- lower case
    name          TEXT NOT NULL,
    title         TEXT NOT NULL DEFAULT '',
    active        BOOLEAN NOT NULL DEFAULT TRUE,
    password_hash TEXT NOT NULL DEFAULT '', -- '' while an invitation is open or login is by OIDC only
    password_at   BIGINT NOT NULL DEFAULT 0,
    must_change   BOOLEAN NOT NULL DEFAULT FALSE,
    past_hashes   TEXT NOT NULL DEFAULT '[]',
    failures      BIGINT NOT NULL DEFAULT 0, -- from strange browsers
    locked_until  BIGINT NOT NULL DEFAULT 0,
    known_failures BIGINT NOT NULL DEFAULT 0, -- from browsers in which the person has signed in before
    known_until   BIGINT NOT NULL DEFAULT 0,
    totp_secret   BYTEA, -- sealed
    totp_step     BIGINT NOT NULL DEFAULT 0, -- the last time step that was used
    invite_hash   TEXT NOT NULL DEFAULT '',
    invite_until  BIGINT NOT NULL DEFAULT 0,
    external_id   TEXT UNIQUE, -- issuer and subject of the unified identity provider
    lang          TEXT NOT NULL DEFAULT '',
    created_at    BIGINT NOT NULL,
    left_at       BIGINT NOT NULL DEFAULT 0
);
CREATE INDEX person_organ ON person (organ_id, name, id);
CREATE INDEX person_name ON person (name, id);

CREATE TABLE recovery_code (
    person_id TEXT NOT NULL REFERENCES person (id),
    hash      TEXT NOT NULL,
    used_at   BIGINT NOT NULL DEFAULT 0,
    PRIMARY KEY (person_id, hash)
);

CREATE TABLE role_grant (
    person_id  TEXT NOT NULL REFERENCES person (id),
    organ_id   TEXT NOT NULL REFERENCES organ (id),
    role       TEXT NOT NULL,
    granted_by TEXT NOT NULL,
    granted_at BIGINT NOT NULL,
    PRIMARY KEY (person_id, organ_id, role)
);
CREATE INDEX role_grant_organ ON role_grant (organ_id, role);

CREATE TABLE session (
    token_hash TEXT PRIMARY KEY,
    person_id  TEXT REFERENCES person (id), -- null before somebody has signed in
    data       BYTEA NOT NULL,
    address    TEXT NOT NULL DEFAULT '',
    agent      TEXT NOT NULL DEFAULT '',
    created_at BIGINT NOT NULL,
    seen_at    BIGINT NOT NULL,
    expires_at BIGINT NOT NULL
);
CREATE INDEX session_person ON session (person_id);
CREATE INDEX session_expires ON session (expires_at);
