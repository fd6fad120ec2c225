-- What a consultation is found by: what everybody may read of it, with its files, as words
-- are looked for in it, and as it is.

CREATE TABLE consultation_text (
    consultation_id TEXT PRIMARY KEY REFERENCES consultation (id),
    joined          TEXT NOT NULL,
    body            TEXT NOT NULL
);
