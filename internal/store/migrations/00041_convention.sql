-- What the form of the annual report leaves open is counted as an organ decides
-- (foi.Conventions): beside what counts by default stands what counts otherwise. What
-- is in the files of requests alone is written behind this step (recast).

ALTER TABLE request ADD COLUMN ended_first TEXT NOT NULL DEFAULT ''; -- the outcome by the first part of the reply
UPDATE request SET ended_first = ended;

-- Who applied together with the first applicant.
CREATE TABLE request_joint (
    request_id TEXT NOT NULL REFERENCES request (id),
    no         BIGINT NOT NULL,
    joint_kind TEXT NOT NULL, -- column of table 3
    PRIMARY KEY (request_id, no)
);

-- By how much request_tally is another by another convention: n may be negative.
CREATE TABLE request_tally_other (
    organ_id   TEXT NOT NULL REFERENCES organ (id),
    convention TEXT NOT NULL, -- foi.Conventions.String
    received   BIGINT NOT NULL,
    ended      BIGINT NOT NULL,
    kind       TEXT NOT NULL,
    outcome    TEXT NOT NULL,
    n          BIGINT NOT NULL,
    PRIMARY KEY (organ_id, convention, received, ended, kind, outcome)
);

-- The instances of disputes, each as a case: one, or two of a suit that was appealed.
CREATE TABLE request_stage (
    request_id TEXT NOT NULL REFERENCES request (id),
    ref        TEXT NOT NULL,
    nth        BIGINT NOT NULL, -- from 1
    organ_id   TEXT NOT NULL,
    kind       TEXT NOT NULL,
    filed_on   TEXT NOT NULL,
    decided_on TEXT NOT NULL,
    result     TEXT NOT NULL,
    PRIMARY KEY (request_id, ref, nth)
);
INSERT INTO request_stage (request_id, ref, nth, organ_id, kind, filed_on, decided_on, result)
SELECT request_id, ref, 1, organ_id, kind, filed_on, decided_on, result FROM request_dispute;
CREATE INDEX request_stage_cell ON request_stage (organ_id, kind, result, decided_on, filed_on);

CREATE TABLE stage_tally (
    organ_id TEXT NOT NULL REFERENCES organ (id),
    filed    BIGINT NOT NULL,
    decided  BIGINT NOT NULL,
    kind     TEXT NOT NULL,
    result   TEXT NOT NULL,
    n        BIGINT NOT NULL,
    PRIMARY KEY (organ_id, filed, decided, kind, result)
);
INSERT INTO stage_tally (organ_id, filed, decided, kind, result, n) SELECT organ_id, filed, decided, kind, result, n FROM dispute_tally WHERE n <> 0;
