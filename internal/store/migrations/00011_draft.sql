-- Requests while the public fills them in, sealed, and how often it tries what.

CREATE TABLE request_draft (
    id         TEXT PRIMARY KEY, -- digest of the secret that the browser keeps
    sealed     BYTEA NOT NULL,
    request_id TEXT NOT NULL DEFAULT '', -- that it became
    expires_at BIGINT NOT NULL
);
CREATE INDEX request_draft_expires ON request_draft (expires_at);

CREATE TABLE request_draft_file (
    draft_id TEXT NOT NULL REFERENCES request_draft (id) ON DELETE CASCADE,
    no       BIGINT NOT NULL,
    sealed   BYTEA NOT NULL,
    PRIMARY KEY (draft_id, no)
);

CREATE TABLE request_try (
    what  TEXT NOT NULL,
    who   TEXT NOT NULL, -- blinded
    since BIGINT NOT NULL,
    ends  BIGINT NOT NULL,
    tries BIGINT NOT NULL,
    PRIMARY KEY (what, who, since)
);
CREATE INDEX request_try_ends ON request_try (ends);
