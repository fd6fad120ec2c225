-- Words that must not stand in what an organ publishes or hands out.

CREATE TABLE lexicon_word (
    id         TEXT PRIMARY KEY,
    organ_id   TEXT NOT NULL REFERENCES organ (id),
    word       TEXT NOT NULL,
    instead    TEXT NOT NULL, -- what to write; '' for nothing in particular
    severity   TEXT NOT NULL, -- error, warning, info
    note       TEXT NOT NULL,
    changed_by TEXT NOT NULL,
    changed_at BIGINT NOT NULL
);
CREATE UNIQUE INDEX lexicon_word_organ ON lexicon_word (organ_id, word);
