-- Consultations on drafts, and the ledger of opinions. Names and contacts are in personal.

CREATE TABLE consultation (
    id       TEXT PRIMARY KEY,
    organ_id TEXT NOT NULL REFERENCES organ (id),
    title    TEXT NOT NULL,
    kind     TEXT NOT NULL,
    status   TEXT NOT NULL,
    opens    TEXT NOT NULL, -- first and last day; '' while they are not set
    closes   TEXT NOT NULL,
    due      TEXT NOT NULL, -- of the feedback, by the calendar of last night
    told_on  TEXT NOT NULL, -- first feedback; '' for none
    ended_on TEXT NOT NULL,
    file     TEXT NOT NULL -- JSON: all of it
);
CREATE INDEX consultation_organ ON consultation (organ_id, opens, id);
CREATE INDEX consultation_public ON consultation (closes, id);

CREATE TABLE opinion (
    id              TEXT PRIMARY KEY,
    consultation_id TEXT NOT NULL REFERENCES consultation (id),
    organ_id        TEXT NOT NULL REFERENCES organ (id),
    number          TEXT NOT NULL UNIQUE, -- that whoever gave it has
    once            TEXT NOT NULL, -- of the form: sent twice, it is one opinion
    channel         TEXT NOT NULL,
    giver           TEXT NOT NULL,
    text            TEXT NOT NULL,
    named           BOOLEAN NOT NULL, -- a name or a contact is in personal
    received_on     TEXT NOT NULL,
    received_at     BIGINT NOT NULL,
    entered_by      TEXT NOT NULL, -- '' for online
    outcome         TEXT NOT NULL, -- '' while it is not answered
    gist            TEXT NOT NULL,
    reason          TEXT NOT NULL,
    together        TEXT NOT NULL, -- those that were answered with it
    aside           TEXT NOT NULL, -- '' when it counts
    aside_reason    TEXT NOT NULL,
    handled_by      TEXT NOT NULL,
    handled_on      TEXT NOT NULL,
    UNIQUE (consultation_id, once)
);
CREATE INDEX opinion_of ON opinion (consultation_id, received_on, id);
CREATE INDEX opinion_organ ON opinion (organ_id, received_on, id);
CREATE INDEX opinion_online ON opinion (received_at) WHERE channel = 'online';
