-- What a list of requests is searched by, so that a search reads these and not
-- whole requests.

CREATE INDEX request_words ON request (organ_id, number, headline, organisation, id);
