-- Who stands in for whom, and from when to when.

CREATE TABLE work_substitute (
    id        TEXT PRIMARY KEY,
    organ_id  TEXT NOT NULL REFERENCES organ (id),
    away_id   TEXT NOT NULL REFERENCES person (id),
    stands_id TEXT NOT NULL REFERENCES person (id),
    first_day TEXT NOT NULL,
    last_day  TEXT NOT NULL,
    named_by  TEXT NOT NULL,
    named_at  BIGINT NOT NULL,
    ended_by  TEXT NOT NULL DEFAULT '',
    ended_at  BIGINT NOT NULL DEFAULT 0
);
CREATE INDEX work_substitute_organ ON work_substitute (organ_id, last_day);
CREATE INDEX work_substitute_stands ON work_substitute (stands_id, last_day);
