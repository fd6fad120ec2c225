-- What is registered is put aside before there is a request: request_id is '' then.
CREATE TABLE request_shelf_new (
    person_id  TEXT NOT NULL REFERENCES person (id),
    request_id TEXT NOT NULL,
    act        TEXT NOT NULL,
    sealed     BYTEA NOT NULL,
    kept_at    BIGINT NOT NULL,
    expires_at BIGINT NOT NULL,
    PRIMARY KEY (person_id, request_id, act)
);
INSERT INTO request_shelf_new (person_id, request_id, act, sealed, kept_at, expires_at) SELECT person_id, request_id, act, sealed, kept_at, expires_at FROM request_shelf;
DROP TABLE request_shelf;
ALTER TABLE request_shelf_new RENAME TO request_shelf;
CREATE INDEX request_shelf_expires ON request_shelf (expires_at);
