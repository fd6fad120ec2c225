-- Table 2 of any days: when a document that it counts was made, and repealed or lapsed.
-- Behind this step both are read off the documents (store/publish_days.go).

ALTER TABLE document ADD COLUMN made_on TEXT NOT NULL DEFAULT '';
ALTER TABLE document ADD COLUMN out_on TEXT NOT NULL DEFAULT ''; -- '' while it holds
CREATE INDEX document_made ON document (organ_id, made_on, out_on, counted_kind) WHERE made_on <> '';
