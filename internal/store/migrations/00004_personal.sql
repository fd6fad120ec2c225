-- Files by their content, and personal data, sealed.

CREATE TABLE blob (
    hash       TEXT PRIMARY KEY, -- hexadecimal SHA-256
    size       BIGINT NOT NULL,
    media_type TEXT NOT NULL,
    created_at BIGINT NOT NULL
);

CREATE TABLE blob_use (
    hash    TEXT NOT NULL REFERENCES blob (hash),
    subject TEXT NOT NULL,
    name    TEXT NOT NULL,
    PRIMARY KEY (hash, subject, name)
);
CREATE INDEX blob_use_subject ON blob_use (subject);

CREATE TABLE personal (
    id          TEXT PRIMARY KEY,
    organ_id    TEXT NOT NULL REFERENCES organ (id),
    owner       TEXT NOT NULL, -- the subject it belongs to
    kind        TEXT NOT NULL,
    sealed      BYTEA, -- null when erased
    blind       TEXT NOT NULL DEFAULT '',
    created_at  BIGINT NOT NULL,
    erase_after TEXT NOT NULL DEFAULT '', -- the last day it is kept; '' while its owner is
    erased_at   BIGINT NOT NULL DEFAULT 0
);
CREATE UNIQUE INDEX personal_owner ON personal (owner, kind) WHERE erased_at = 0;
CREATE INDEX personal_blind ON personal (kind, blind) WHERE blind <> '';
CREATE INDEX personal_erase ON personal (erase_after) WHERE erased_at = 0 AND erase_after <> '';
