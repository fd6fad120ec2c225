-- The search reads no more for a query however many documents there are: the list of a
-- token is kept in parts of at most 512 documents, of which a query reads the newest
-- and those that can matter. What filters need is listed as tokens are. Package search
-- knows what the blobs hold; behind this step all documents are listed anew.
DROP TABLE search_post;
CREATE TABLE search_post (
    token TEXT NOT NULL,
    base  BIGINT NOT NULL, -- the documents from here to the next base; 0 in the first part
    total BIGINT NOT NULL, -- documents in all parts: in the last one; elsewhere 0
    docs  BYTEA NOT NULL,
    PRIMARY KEY (token, base)
);
DROP INDEX search_doc_organ;
DROP INDEX search_doc_kind;
DROP INDEX search_doc_subject;
DROP INDEX search_doc_published;
