-- Annual reports: at most one of an organ and a year, with all its versions.

CREATE TABLE report (
    id           TEXT PRIMARY KEY,
    organ_id     TEXT NOT NULL REFERENCES organ (id),
    year         BIGINT NOT NULL,
    status       TEXT NOT NULL,
    versions     BIGINT NOT NULL,
    signed_on    TEXT NOT NULL, -- of the last version; '' while there is none
    sent_on      TEXT NOT NULL,
    document_id  TEXT REFERENCES document (id), -- that publishes it
    printed      TEXT NOT NULL, -- JSON: the report that was signed last; '' for none
    file         TEXT NOT NULL, -- JSON: all of it
    UNIQUE (organ_id, year)
);
CREATE INDEX report_year ON report (year, organ_id);
