-- By which words a search finds requests, however many there are: in which places
-- of an organ's requests a pair of characters stands.

ALTER TABLE request ADD COLUMN place BIGINT NOT NULL DEFAULT 0; -- among those of the organ, from 1; 0 until its words are indexed
CREATE INDEX request_place ON request (organ_id, place);

CREATE TABLE request_gram (
    gram     TEXT NOT NULL,
    organ_id TEXT NOT NULL REFERENCES organ (id),
    block    BIGINT NOT NULL, -- of 1024 places
    places   BYTEA NOT NULL, -- within the block, each as the way from the one before
    PRIMARY KEY (gram, organ_id, block)
);

-- What whole requests were searched by before.
DROP INDEX request_words;

-- The requests that an organ received in a month are read with their applicants.
CREATE INDEX request_month ON request (organ_id, received_on, organisation, applicant, id, kind);
