-- What is to be done by whom until when; jobs of the program; messages to people.

CREATE TABLE work_item (
    id        TEXT PRIMARY KEY,
    organ_id  TEXT NOT NULL REFERENCES organ (id),
    task      TEXT NOT NULL,
    subject   TEXT NOT NULL, -- type/id of what it is about; work/id when it was assigned by hand
    title     TEXT NOT NULL,
    note      TEXT NOT NULL DEFAULT '',
    link      TEXT NOT NULL DEFAULT '',
    role      TEXT NOT NULL DEFAULT '', -- whoever has this role in the organ …
    person_id TEXT REFERENCES person (id), -- … or this person
    reckoning TEXT NOT NULL DEFAULT '', -- JSON: from what the day is computed; '' for a fixed day
    due       TEXT NOT NULL,
    state     TEXT NOT NULL, -- open, done, withdrawn
    opened_by TEXT NOT NULL,
    opened_at BIGINT NOT NULL,
    closed_by TEXT NOT NULL DEFAULT '',
    closed_at BIGINT NOT NULL DEFAULT 0,
    closed_on TEXT NOT NULL DEFAULT '', -- the day of closed_at, to compare with due
    closing   TEXT NOT NULL DEFAULT ''
);
-- Whose list an item is on: a person's, a role's, an organ's. Lists of open items
-- are walked soonest first, lists of others latest first.
CREATE INDEX work_item_person ON work_item (person_id, due, id, task) WHERE state = 'open';
CREATE INDEX work_item_role ON work_item (organ_id, role, due, id, task) WHERE state = 'open';
CREATE INDEX work_item_organ ON work_item (organ_id, due, id) WHERE state = 'open';
CREATE INDEX work_item_due ON work_item (due, id) WHERE state = 'open';
CREATE INDEX work_item_person_closed ON work_item (person_id, closed_at, id) WHERE state <> 'open';
CREATE INDEX work_item_role_closed ON work_item (organ_id, role, closed_at, id) WHERE state <> 'open';
CREATE INDEX work_item_organ_closed ON work_item (organ_id, closed_at, id) WHERE state <> 'open';
CREATE INDEX work_item_subject ON work_item (subject);
CREATE INDEX work_item_reckoned ON work_item (id) WHERE state = 'open' AND reckoning <> '';

CREATE TABLE job (
    id           TEXT PRIMARY KEY,
    kind         TEXT NOT NULL,
    payload      TEXT NOT NULL DEFAULT '{}',
    single       TEXT NOT NULL DEFAULT '', -- of unfinished jobs only one has it; '' for any number
    state        TEXT NOT NULL, -- waiting, running, done, failed, cancelled
    run_at       BIGINT NOT NULL,
    attempts     BIGINT NOT NULL DEFAULT 0,
    lease        TEXT NOT NULL DEFAULT '', -- of the attempt that runs
    leased_until BIGINT NOT NULL DEFAULT 0,
    done         BIGINT NOT NULL DEFAULT 0, -- progress
    total        BIGINT NOT NULL DEFAULT 0,
    error        TEXT NOT NULL DEFAULT '',
    created_at   BIGINT NOT NULL,
    finished_at  BIGINT NOT NULL DEFAULT 0
);
CREATE INDEX job_waiting ON job (run_at, id) WHERE state = 'waiting';
CREATE INDEX job_running ON job (leased_until) WHERE state = 'running';
CREATE UNIQUE INDEX job_single ON job (single) WHERE single <> '' AND state IN ('waiting', 'running');
CREATE INDEX job_created ON job (created_at, id);
CREATE INDEX job_finished ON job (finished_at) WHERE state IN ('done', 'cancelled');

CREATE TABLE job_schedule (
    name    TEXT PRIMARY KEY,
    timing  TEXT NOT NULL, -- as it was when next_at was reckoned
    next_at BIGINT NOT NULL,
    last_at BIGINT NOT NULL DEFAULT 0
);

CREATE TABLE notification (
    id        TEXT PRIMARY KEY,
    person_id TEXT NOT NULL REFERENCES person (id),
    organ_id  TEXT NOT NULL,
    kind      TEXT NOT NULL,
    once      TEXT NOT NULL, -- names what it tells of: nobody is told the same twice
    title     TEXT NOT NULL,
    link      TEXT NOT NULL DEFAULT '',
    urgent    BOOLEAN NOT NULL DEFAULT FALSE,
    at        BIGINT NOT NULL,
    read_at   BIGINT NOT NULL DEFAULT 0,
    UNIQUE (person_id, once)
);
CREATE INDEX notification_person ON notification (person_id, at, id);
CREATE INDEX notification_unread ON notification (person_id, at, id) WHERE read_at = 0;

CREATE TABLE message (
    id           TEXT PRIMARY KEY,
    person_id    TEXT NOT NULL REFERENCES person (id),
    channel      TEXT NOT NULL, -- mail, sms
    title        TEXT NOT NULL,
    link         TEXT NOT NULL DEFAULT '',
    urgent       BOOLEAN NOT NULL DEFAULT FALSE,
    state        TEXT NOT NULL, -- waiting, sent, failed
    not_before   BIGINT NOT NULL,
    leased_until BIGINT NOT NULL DEFAULT 0, -- of who is sending it
    attempts     BIGINT NOT NULL DEFAULT 0,
    error        TEXT NOT NULL DEFAULT '',
    created_at   BIGINT NOT NULL,
    sent_at      BIGINT NOT NULL DEFAULT 0
);
CREATE INDEX message_waiting ON message (not_before, id) WHERE state = 'waiting';
CREATE INDEX message_state ON message (state, created_at, id);
CREATE INDEX message_created ON message (created_at, id);
CREATE INDEX message_person ON message (person_id, channel) WHERE state = 'waiting';

CREATE TABLE notify_choice (
    person_id   TEXT NOT NULL REFERENCES person (id),
    channel     TEXT NOT NULL,
    enabled     BOOLEAN NOT NULL,
    quiet_from  TEXT NOT NULL, -- 22:00
    quiet_until TEXT NOT NULL, -- 07:30
    digest      TEXT NOT NULL DEFAULT '', -- '' at once, else the time of day
    wake        BOOLEAN NOT NULL DEFAULT FALSE, -- urgent ones also in the quiet hours
    PRIMARY KEY (person_id, channel)
);
