-- Requests for information: each as one document, with columns for lists and figures.

CREATE TABLE request (
    id           TEXT PRIMARY KEY,
    organ_id     TEXT NOT NULL REFERENCES organ (id),
    number       TEXT NOT NULL,
    status       TEXT NOT NULL,
    outcome      TEXT NOT NULL,
    visibility   TEXT NOT NULL,
    handler      TEXT NOT NULL,
    channel      TEXT NOT NULL,
    kind         TEXT NOT NULL, -- of the applicant: C1 … C6
    organisation TEXT NOT NULL,
    applicant    TEXT NOT NULL, -- owner of the applicant's personal data
    headline     TEXT NOT NULL,
    title        TEXT NOT NULL, -- in the disclosure log
    arrived_on   TEXT NOT NULL,
    received_on  TEXT NOT NULL, -- '' when it is not counted: unconfirmed, or split
    due          TEXT NOT NULL, -- 9999-12-31 for none, so that it comes last
    ended_on     TEXT NOT NULL,
    ended        TEXT NOT NULL, -- the outcome that table 3 counts
    open         BOOLEAN NOT NULL, -- not closed, archived or split
    running      BOOLEAN NOT NULL, -- the reply is still due
    file         TEXT NOT NULL -- JSON: all of it
);
CREATE UNIQUE INDEX request_number ON request (organ_id, number);
CREATE INDEX request_due ON request (organ_id, due, id);
CREATE INDEX request_status ON request (organ_id, status, due, id);
CREATE INDEX request_arrived ON request (organ_id, arrived_on, id);
CREATE INDEX request_open ON request (organ_id, due, id) WHERE open;
CREATE INDEX request_count ON request (organ_id, received_on, id, ended_on, kind, ended);
CREATE INDEX request_ended ON request (organ_id, ended, ended_on, id);
CREATE INDEX request_applicant ON request (organ_id, applicant, arrived_on, id);
CREATE INDEX request_organisation ON request (organ_id, organisation, applicant) WHERE organisation <> '';
CREATE INDEX request_handler ON request (handler, due, id) WHERE handler <> '';
CREATE INDEX request_running ON request (id) WHERE running;
CREATE INDEX request_log ON request (organ_id, ended_on, id) WHERE visibility = 'public';

CREATE TABLE request_dispute (
    request_id TEXT NOT NULL REFERENCES request (id),
    ref        TEXT NOT NULL,
    organ_id   TEXT NOT NULL,
    kind       TEXT NOT NULL,
    filed_on   TEXT NOT NULL,
    decided_on TEXT NOT NULL,
    result     TEXT NOT NULL,
    PRIMARY KEY (request_id, ref)
);
CREATE INDEX request_dispute_organ ON request_dispute (organ_id, filed_on);

-- By which near-equal requests find each other.
CREATE TABLE request_trace (
    trace      BIGINT NOT NULL,
    request_id TEXT NOT NULL REFERENCES request (id),
    PRIMARY KEY (trace, request_id)
);
CREATE INDEX request_trace_request ON request_trace (request_id);

-- Numbers that run without a gap.
CREATE TABLE serial (
    organ_id TEXT NOT NULL REFERENCES organ (id),
    series   TEXT NOT NULL,
    year     BIGINT NOT NULL,
    last     BIGINT NOT NULL,
    PRIMARY KEY (organ_id, series, year)
);
