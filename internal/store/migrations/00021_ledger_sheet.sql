-- Ledgers of requests on their way in, sealed, until their requests are kept.

CREATE TABLE ledger_sheet (
    id         TEXT PRIMARY KEY,
    organ_id   TEXT NOT NULL REFERENCES organ (id),
    person_id  TEXT NOT NULL REFERENCES person (id), -- who brought it
    state      TEXT NOT NULL, -- looking, looked, keeping, kept
    job_id     TEXT NOT NULL, -- that has it, or had it last
    sealed     BYTEA NOT NULL,
    kept       BIGINT NOT NULL, -- requests
    created_at BIGINT NOT NULL
);
CREATE INDEX ledger_sheet_person ON ledger_sheet (person_id, created_at, id);
CREATE INDEX ledger_sheet_created ON ledger_sheet (created_at);
