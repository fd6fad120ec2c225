-- Notes of the office about a request: never part of what is sent or shown to an
-- applicant, and in no event.

CREATE TABLE request_note (
    id         TEXT PRIMARY KEY,
    request_id TEXT NOT NULL REFERENCES request (id),
    person     TEXT NOT NULL,
    written_at BIGINT NOT NULL,
    text       TEXT NOT NULL
);
CREATE INDEX request_note_request ON request_note (request_id, id);
