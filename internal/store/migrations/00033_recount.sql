-- What the nights found that count all figures anew.

CREATE TABLE figure_recount (
    id         TEXT PRIMARY KEY,
    made_at    BIGINT NOT NULL,
    first_year BIGINT NOT NULL,
    last_year  BIGINT NOT NULL,
    organs     BIGINT NOT NULL,
    records    BIGINT NOT NULL,
    cells      BIGINT NOT NULL,
    wrong      TEXT NOT NULL -- JSON: a list of figures, kept and counted
);
