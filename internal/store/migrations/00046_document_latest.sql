-- The list of documents: what is due next, then the latest.
DROP INDEX document_due;
DROP INDEX document_section;
DROP INDEX document_status;
CREATE INDEX document_due ON document (organ_id, due, id DESC);
CREATE INDEX document_section ON document (section_id, due, id DESC);
CREATE INDEX document_status ON document (organ_id, status, due, id DESC);
