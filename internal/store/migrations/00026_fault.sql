-- 我为政府网站找错: what visitors find wrong. How to reach them is in personal.
CREATE TABLE fault (
    id          TEXT PRIMARY KEY,
    organ_id    TEXT NOT NULL REFERENCES organ (id),
    number      TEXT NOT NULL UNIQUE, -- that the visitor has
    page        TEXT NOT NULL,
    kind        TEXT NOT NULL,
    text        TEXT NOT NULL,
    reachable   BOOLEAN NOT NULL,
    received_at BIGINT NOT NULL,
    received_on TEXT NOT NULL,
    due         TEXT NOT NULL,
    last_on     TEXT NOT NULL, -- a month
    outcome     TEXT NOT NULL, -- '' while it is open
    answer      TEXT NOT NULL,
    closed_at   BIGINT NOT NULL,
    closed_on   TEXT NOT NULL,
    closed_by   TEXT NOT NULL
);
CREATE INDEX fault_due ON fault (organ_id, outcome, due, id);
CREATE INDEX fault_received ON fault (received_at);
CREATE INDEX fault_day ON fault (received_on, page);
