-- Counters from which figures are read, whatever the number of requests; fees and
-- disputes as lists.

ALTER TABLE request ADD COLUMN tended BOOLEAN NOT NULL DEFAULT TRUE; -- something may still have to be done about it
ALTER TABLE request ADD COLUMN replied BOOLEAN NOT NULL DEFAULT FALSE; -- it first ended with a reply
ALTER TABLE request ADD COLUMN took BIGINT NOT NULL DEFAULT 0; -- working days until then
ALTER TABLE request ADD COLUMN late BIGINT NOT NULL DEFAULT 0; -- … of them behind the last day
UPDATE request SET tended = open OR id IN (SELECT request_id FROM request_dispute);
CREATE INDEX request_tended ON request (id) WHERE tended;
CREATE INDEX request_load ON request (organ_id, status, handler, due) WHERE open;

-- How many requests of an organ and a column of table 3 were received in a year
-- and ended in another with an outcome; 0 and '' for those that have not ended.
CREATE TABLE request_tally (
    organ_id TEXT NOT NULL REFERENCES organ (id),
    received BIGINT NOT NULL,
    ended    BIGINT NOT NULL,
    kind     TEXT NOT NULL,
    outcome  TEXT NOT NULL,
    n        BIGINT NOT NULL,
    PRIMARY KEY (organ_id, received, ended, kind, outcome)
);
INSERT INTO request_tally (organ_id, received, ended, kind, outcome, n)
SELECT organ_id, CAST(SUBSTR(received_on, 1, 4) AS BIGINT), CASE WHEN ended_on = '' THEN 0 ELSE CAST(SUBSTR(ended_on, 1, 4) AS BIGINT) END, kind, ended, COUNT(*)
FROM request WHERE received_on <> '' GROUP BY 1, 2, 3, 4, 5;

-- The same of reconsiderations and suits, for table 4.
CREATE TABLE dispute_tally (
    organ_id TEXT NOT NULL REFERENCES organ (id),
    filed    BIGINT NOT NULL,
    decided  BIGINT NOT NULL,
    kind     TEXT NOT NULL,
    result   TEXT NOT NULL,
    n        BIGINT NOT NULL,
    PRIMARY KEY (organ_id, filed, decided, kind, result)
);
INSERT INTO dispute_tally (organ_id, filed, decided, kind, result, n)
SELECT organ_id, CAST(SUBSTR(filed_on, 1, 4) AS BIGINT), CASE WHEN decided_on = '' THEN 0 ELSE CAST(SUBSTR(decided_on, 1, 4) AS BIGINT) END, kind, result, COUNT(*)
FROM request_dispute GROUP BY 1, 2, 3, 4, 5;

-- How punctual the replies of a year were.
CREATE TABLE reply_tally (
    organ_id TEXT NOT NULL REFERENCES organ (id),
    year     BIGINT NOT NULL,
    n        BIGINT NOT NULL,
    late     BIGINT NOT NULL, -- of them
    days     BIGINT NOT NULL, -- working days of all together
    PRIMARY KEY (organ_id, year)
);

ALTER TABLE request_dispute ADD COLUMN body TEXT NOT NULL DEFAULT '';
ALTER TABLE request_dispute ADD COLUMN number TEXT NOT NULL DEFAULT '';
ALTER TABLE request_dispute ADD COLUMN answered_on TEXT NOT NULL DEFAULT '';
ALTER TABLE request_dispute ADD COLUMN answer_due TEXT NOT NULL DEFAULT ''; -- '' when no answer is due
ALTER TABLE request_dispute ADD COLUMN ordered BOOLEAN NOT NULL DEFAULT FALSE; -- a reply is ordered, and not begun yet
CREATE INDEX request_dispute_cell ON request_dispute (organ_id, kind, result, decided_on, filed_on);

CREATE TABLE request_fee (
    request_id   TEXT PRIMARY KEY REFERENCES request (id),
    organ_id     TEXT NOT NULL REFERENCES organ (id),
    method       TEXT NOT NULL,
    rank         BIGINT NOT NULL,
    pages        BIGINT NOT NULL,
    fen          BIGINT NOT NULL,
    issued_on    TEXT NOT NULL,
    notified_on  TEXT NOT NULL, -- the applicant received the notice
    pay_until    TEXT NOT NULL, -- '' as long as that is not known
    paid_on      TEXT NOT NULL,
    cancelled_on TEXT NOT NULL,
    voucher      TEXT NOT NULL,
    state        TEXT NOT NULL -- open, paid, cancelled, lapsed
);
CREATE INDEX request_fee_organ ON request_fee (organ_id, issued_on, request_id);
