-- Programs that call the API.

CREATE TABLE api_client (
    id          TEXT PRIMARY KEY,
    organ_id    TEXT NOT NULL REFERENCES organ (id),
    name        TEXT NOT NULL,
    acts        TEXT NOT NULL, -- what it may do, separated by blanks
    below       BOOLEAN NOT NULL DEFAULT FALSE, -- also in the organs below
    secret_hash TEXT NOT NULL DEFAULT '' , -- hexadecimal SHA-256 of the token
    external_id TEXT UNIQUE, -- issuer and client id where tokens come from a provider
    created_by  TEXT NOT NULL,
    created_at  BIGINT NOT NULL,
    expires_at  BIGINT NOT NULL,
    revoked_at  BIGINT NOT NULL DEFAULT 0,
    used_at     BIGINT NOT NULL DEFAULT 0
);
CREATE UNIQUE INDEX api_client_secret ON api_client (secret_hash) WHERE secret_hash <> '';

CREATE TABLE idempotency (
    client_id  TEXT NOT NULL,
    key        TEXT NOT NULL,
    request    TEXT NOT NULL, -- hexadecimal SHA-256 of method, path and body
    status     BIGINT NOT NULL DEFAULT 0, -- 0 while the first call runs
    header     TEXT NOT NULL DEFAULT '', -- Content-Type
    body       BYTEA,
    created_at BIGINT NOT NULL,
    PRIMARY KEY (client_id, key)
);
CREATE INDEX idempotency_age ON idempotency (created_at);
