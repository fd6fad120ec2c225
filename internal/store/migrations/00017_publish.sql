-- Documents of proactive publication: each as one document, with columns for lists
-- and figures; beside it what everybody sees of it.

CREATE TABLE document (
    id             TEXT PRIMARY KEY,
    organ_id       TEXT NOT NULL REFERENCES organ (id),
    section_id     TEXT NOT NULL REFERENCES organ (id),
    index_number   TEXT NOT NULL, -- '' before it was published
    number         TEXT NOT NULL,
    title          TEXT NOT NULL,
    status         TEXT NOT NULL,
    visibility     TEXT NOT NULL,
    openness       TEXT NOT NULL,
    kind           TEXT NOT NULL,
    subject        TEXT NOT NULL,
    theme          TEXT NOT NULL,
    validity       TEXT NOT NULL,
    drafter        TEXT NOT NULL,
    formed_on      TEXT NOT NULL,
    published_on   TEXT NOT NULL, -- first
    due            TEXT NOT NULL, -- 9999-12-31 for none, so that it comes last
    open           BOOLEAN NOT NULL, -- a draft is on its way
    tend_on        TEXT NOT NULL, -- something may be due from that day; '' for never
    request_id     TEXT REFERENCES request (id), -- that it was made from
    counted_kind   TEXT NOT NULL, -- what table 2 counts; '' for nothing
    made           BIGINT NOT NULL, -- year; 0 when it is not counted
    ended          BIGINT NOT NULL, -- year; 0 while it holds
    issued_subject TEXT NOT NULL, -- when it was first published
    measured       BOOLEAN NOT NULL, -- it is known how long that took
    late           BIGINT NOT NULL, -- working days behind the last day
    file           TEXT NOT NULL -- JSON: all of it
);
CREATE UNIQUE INDEX document_index ON document (index_number) WHERE index_number <> '';
CREATE INDEX document_due ON document (organ_id, due, id);
CREATE INDEX document_section ON document (section_id, due, id);
CREATE INDEX document_status ON document (organ_id, status, due, id);
CREATE INDEX document_formed ON document (organ_id, formed_on, id);
CREATE INDEX document_number ON document (organ_id, number) WHERE number <> '';
CREATE INDEX document_published ON document (organ_id, published_on, id);
CREATE INDEX document_counted ON document (organ_id, counted_kind, made, ended) WHERE made <> 0;
CREATE INDEX document_tend ON document (id) WHERE tend_on <> '';
CREATE INDEX document_running ON document (id) WHERE due <> '9999-12-31';
CREATE INDEX document_request ON document (request_id) WHERE request_id IS NOT NULL;

CREATE TABLE document_link (
    document_id TEXT NOT NULL REFERENCES document (id),
    kind        TEXT NOT NULL,
    target      TEXT NOT NULL REFERENCES document (id),
    PRIMARY KEY (document_id, kind, target)
);
CREATE INDEX document_link_target ON document_link (target, kind);

-- Where a document stood from when to when.
CREATE TABLE document_post (
    document_id TEXT NOT NULL REFERENCES document (id),
    ref         TEXT NOT NULL,
    organ_id    TEXT NOT NULL,
    channel     TEXT NOT NULL,
    from_on     TEXT NOT NULL,
    until_on    TEXT NOT NULL,
    PRIMARY KEY (document_id, ref)
);
CREATE INDEX document_post_organ ON document_post (organ_id, channel, from_on);

CREATE TABLE document_file (
    document_id TEXT NOT NULL REFERENCES document (id),
    hash        TEXT NOT NULL REFERENCES blob (hash),
    name        TEXT NOT NULL,
    public      BOOLEAN NOT NULL, -- everybody may have it now
    PRIMARY KEY (document_id, hash, name)
);
CREATE INDEX document_file_hash ON document_file (hash);

-- The catalogue as everybody sees it.
CREATE TABLE catalogue (
    document_id  TEXT PRIMARY KEY REFERENCES document (id),
    organ_id     TEXT NOT NULL,
    index_number TEXT NOT NULL,
    number       TEXT NOT NULL,
    title        TEXT NOT NULL,
    kind         TEXT NOT NULL,
    subject      TEXT NOT NULL,
    theme        TEXT NOT NULL,
    validity     TEXT NOT NULL,
    formed_on    TEXT NOT NULL,
    published_on TEXT NOT NULL, -- first
    changed_on   TEXT NOT NULL, -- the text that is shown stands since
    summary      TEXT NOT NULL,
    gone         BOOLEAN NOT NULL -- only title and note are left
);
CREATE INDEX catalogue_published ON catalogue (published_on, document_id);
CREATE INDEX catalogue_organ ON catalogue (organ_id, published_on, document_id);
CREATE INDEX catalogue_subject ON catalogue (subject, published_on, document_id);
CREATE INDEX catalogue_kind ON catalogue (kind, published_on, document_id);

-- Counters from which figures are read, whatever the number of documents.
CREATE TABLE document_tally (
    organ_id TEXT NOT NULL REFERENCES organ (id),
    kind     TEXT NOT NULL,
    made     BIGINT NOT NULL,
    ended    BIGINT NOT NULL,
    n        BIGINT NOT NULL,
    PRIMARY KEY (organ_id, kind, made, ended)
);
CREATE TABLE post_tally (
    organ_id TEXT NOT NULL REFERENCES organ (id),
    year     BIGINT NOT NULL,
    channel  TEXT NOT NULL,
    n        BIGINT NOT NULL,
    PRIMARY KEY (organ_id, year, channel)
);
CREATE TABLE issue_tally (
    organ_id TEXT NOT NULL REFERENCES organ (id),
    year     BIGINT NOT NULL,
    subject  TEXT NOT NULL,
    n        BIGINT NOT NULL,
    late     BIGINT NOT NULL, -- of them
    measured BIGINT NOT NULL, -- of them
    PRIMARY KEY (organ_id, year, subject)
);

-- The search: postings of tokens in blocks of 1024 documents, and what the finder
-- needs beside them. Package search knows what the blobs hold.
CREATE TABLE search_state (
    name TEXT PRIMARY KEY,
    n    BIGINT NOT NULL
);
CREATE TABLE search_doc (
    n            BIGINT PRIMARY KEY,
    document_id  TEXT NOT NULL UNIQUE,
    organ_id     TEXT NOT NULL,
    kind         TEXT NOT NULL,
    subject      TEXT NOT NULL,
    theme        TEXT NOT NULL,
    ended        BOOLEAN NOT NULL,
    published_on TEXT NOT NULL,
    number       TEXT NOT NULL,
    title        TEXT NOT NULL
);
CREATE INDEX search_doc_organ ON search_doc (organ_id, n);
CREATE INDEX search_doc_kind ON search_doc (kind, n);
CREATE INDEX search_doc_subject ON search_doc (subject, n);
CREATE INDEX search_doc_published ON search_doc (published_on, n);
CREATE TABLE search_text (
    n      BIGINT PRIMARY KEY,
    joined TEXT NOT NULL, -- folded, without what stands between words
    body   TEXT NOT NULL
);
-- What kept files say, by their content, for the search.
CREATE TABLE file_text (
    hash TEXT PRIMARY KEY REFERENCES blob (hash),
    text TEXT NOT NULL -- '' when it cannot be read
);
CREATE TABLE search_post (
    token TEXT NOT NULL,
    block BIGINT NOT NULL,
    docs  BYTEA NOT NULL,
    PRIMARY KEY (token, block)
);
