-- What the portal shows beside documents.

ALTER TABLE catalogue ADD COLUMN report_year BIGINT NOT NULL DEFAULT 0; -- of an annual report
CREATE INDEX catalogue_report ON catalogue (report_year, organ_id) WHERE report_year <> 0;

-- How often a document was read, by day: nothing about who read it.
CREATE TABLE document_read (
    document_id TEXT NOT NULL REFERENCES document (id),
    day         TEXT NOT NULL,
    n           BIGINT NOT NULL,
    PRIMARY KEY (document_id, day)
);
CREATE INDEX document_read_day ON document_read (day, document_id);

-- Those that were read most of late, as the front page shows them.
CREATE TABLE document_top (
    rank        BIGINT PRIMARY KEY,
    document_id TEXT NOT NULL REFERENCES document (id)
);
