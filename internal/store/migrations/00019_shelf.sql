-- Forms of acts that somebody has begun and will go on with, and the register of
-- letters.

CREATE TABLE request_shelf (
    person_id  TEXT NOT NULL REFERENCES person (id),
    request_id TEXT NOT NULL REFERENCES request (id),
    act        TEXT NOT NULL,
    sealed     BYTEA NOT NULL,
    kept_at    BIGINT NOT NULL,
    expires_at BIGINT NOT NULL,
    PRIMARY KEY (person_id, request_id, act)
);
CREATE INDEX request_shelf_expires ON request_shelf (expires_at);

CREATE INDEX letter_organ ON letter (organ_id, id);
