-- The latest titles of the disclosure log are searched for words without reading the
-- requests.
CREATE INDEX request_shown ON request (ended_on, id, organ_id, title) WHERE visibility = 'public';
