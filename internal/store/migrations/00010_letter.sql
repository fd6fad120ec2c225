-- Letters of requests, the texts that organs gave templates, and files on their way
-- out with what was found in them.

CREATE TABLE letter (
    id         TEXT PRIMARY KEY,
    request_id TEXT NOT NULL REFERENCES request (id),
    organ_id   TEXT NOT NULL REFERENCES organ (id),
    kind       TEXT NOT NULL,
    number     TEXT NOT NULL,
    state      TEXT NOT NULL,
    file       TEXT NOT NULL -- JSON: all of it; names of people are not in it
);
CREATE INDEX letter_request ON letter (request_id, id);
CREATE INDEX letter_state ON letter (organ_id, state, id);

CREATE TABLE letter_template (
    organ_id TEXT NOT NULL REFERENCES organ (id),
    kind     TEXT NOT NULL,
    nth      BIGINT NOT NULL,
    text     TEXT NOT NULL, -- '' takes the organ's own away
    saved_by TEXT NOT NULL,
    saved_at BIGINT NOT NULL,
    PRIMARY KEY (organ_id, kind, nth)
);

-- What is to be handed out with the reply to a request.
CREATE TABLE release_file (
    id         TEXT PRIMARY KEY,
    request_id TEXT NOT NULL REFERENCES request (id),
    organ_id   TEXT NOT NULL REFERENCES organ (id),
    hash       TEXT NOT NULL, -- of the file that would go out
    file       TEXT NOT NULL  -- JSON: all of it
);
CREATE INDEX release_file_request ON release_file (request_id, id);

-- What was found in a file, by its content; said masked.
CREATE TABLE file_check (
    hash       TEXT PRIMARY KEY,
    checked_at BIGINT NOT NULL,
    result     TEXT NOT NULL -- JSON
);
