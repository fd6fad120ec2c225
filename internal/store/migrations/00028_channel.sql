-- Where documents stand in channels, as a ledger; accounts of channels that are
-- reached by an interface; what was uploaded there already.

ALTER TABLE document_post ADD COLUMN sent BOOLEAN NOT NULL DEFAULT FALSE; -- it goes there by an interface
ALTER TABLE document_post ADD COLUMN phase TEXT NOT NULL DEFAULT 'published';
ALTER TABLE document_post ADD COLUMN busy BOOLEAN NOT NULL DEFAULT FALSE; -- the program has something to do with it
ALTER TABLE document_post ADD COLUMN actor TEXT NOT NULL DEFAULT ''; -- who sent or entered it
ALTER TABLE document_post ADD COLUMN title TEXT NOT NULL DEFAULT ''; -- as it is worded there
ALTER TABLE document_post ADD COLUMN place TEXT NOT NULL DEFAULT '';
ALTER TABLE document_post ADD COLUMN address TEXT NOT NULL DEFAULT '';
UPDATE document_post SET phase = 'recalled' WHERE until_on <> '';
UPDATE document_post SET title = (SELECT title FROM document WHERE document.id = document_post.document_id);
CREATE INDEX document_post_ledger ON document_post (organ_id, from_on, document_id, ref);
CREATE INDEX document_post_busy ON document_post (document_id, ref) WHERE busy;

CREATE TABLE channel_account (
    id         TEXT PRIMARY KEY, -- organ:channel
    organ_id   TEXT NOT NULL REFERENCES organ (id),
    channel    TEXT NOT NULL,
    name       TEXT NOT NULL,
    tail       TEXT NOT NULL, -- of the app id, to tell accounts apart
    mark       TEXT NOT NULL, -- keyed hash of what is sealed; '' when the account was taken away
    sealed     BYTEA, -- app id and secret
    author     TEXT NOT NULL,
    cover_hash TEXT REFERENCES blob (hash),
    cover_name TEXT NOT NULL,
    set_by     TEXT NOT NULL,
    set_at     BIGINT NOT NULL
);
CREATE TABLE channel_media (
    account_id TEXT NOT NULL REFERENCES channel_account (id),
    kind       TEXT NOT NULL, -- cover, picture
    hash       TEXT NOT NULL,
    media      TEXT NOT NULL, -- key or address over there
    PRIMARY KEY (account_id, kind, hash)
);
