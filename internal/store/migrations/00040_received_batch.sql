-- Files of annual reports that were brought at once and are read by a job.

CREATE TABLE received_batch (
    id         TEXT PRIMARY KEY,
    keeper_id  TEXT NOT NULL REFERENCES organ (id),
    person_id  TEXT NOT NULL REFERENCES person (id), -- who brought it
    reading    BOOLEAN NOT NULL,
    job_id     TEXT NOT NULL, -- that reads it, or read it last
    mark       TEXT NOT NULL, -- of the files
    sent       TEXT NOT NULL, -- the files as they came, as JSON
    total      INTEGER NOT NULL,
    settled    TEXT NOT NULL, -- what became of each file so far, as JSON
    trouble    TEXT NOT NULL,
    created_at BIGINT NOT NULL
);
CREATE UNIQUE INDEX received_batch_mark ON received_batch (mark) WHERE reading;
CREATE INDEX received_batch_person ON received_batch (person_id, created_at, id);
CREATE INDEX received_batch_created ON received_batch (created_at);
