-- Catalogues of old sites on their way in, until their documents are drafts.

CREATE TABLE accession (
    id         TEXT PRIMARY KEY,
    organ_id   TEXT NOT NULL REFERENCES organ (id),
    section_id TEXT NOT NULL REFERENCES organ (id),
    person_id  TEXT NOT NULL REFERENCES person (id), -- who brought it
    state      TEXT NOT NULL, -- looking, looked, keeping, kept
    job_id     TEXT NOT NULL, -- that has it, or had it last
    content    TEXT NOT NULL, -- hash of what is known of it
    done       BIGINT NOT NULL, -- lines behind which everything is settled
    kept       BIGINT NOT NULL, -- documents
    late       TEXT NOT NULL, -- refusals that came up while it was kept, as JSON
    created_at BIGINT NOT NULL
);
CREATE INDEX accession_person ON accession (person_id, created_at, id);
CREATE INDEX accession_created ON accession (created_at);
