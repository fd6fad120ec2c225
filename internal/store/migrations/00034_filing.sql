-- Figures that sections file for the annual report: the list of what is filed, the
-- returns with all their versions, and what counts of them.

CREATE TABLE filing_figure (
    id       TEXT PRIMARY KEY,
    organ_id TEXT NOT NULL REFERENCES organ (id),
    name     TEXT NOT NULL,
    nth      BIGINT NOT NULL,
    file     TEXT NOT NULL, -- JSON: all of it
    UNIQUE (organ_id, name)
);
CREATE TABLE filing_return (
    id         TEXT PRIMARY KEY, -- section.role.period
    organ_id   TEXT NOT NULL REFERENCES organ (id),
    year       BIGINT NOT NULL,
    status     TEXT NOT NULL,
    versions   BIGINT NOT NULL,
    file       TEXT NOT NULL -- JSON: all of it
);
CREATE INDEX filing_return_year ON filing_return (organ_id, year, id);
CREATE TABLE filing_value ( -- of the versions that count
    return_id TEXT NOT NULL REFERENCES filing_return (id),
    key       TEXT NOT NULL, -- the figure's name, or a cell of a sheet
    organ_id  TEXT NOT NULL,
    year      BIGINT NOT NULL,
    n         BIGINT NOT NULL,
    PRIMARY KEY (return_id, key)
);
CREATE INDEX filing_value_year ON filing_value (organ_id, year, key);
