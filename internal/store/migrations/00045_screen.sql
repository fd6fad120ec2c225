-- What stands on the screens of an organ, and which organs have any.
CREATE INDEX document_post_screen ON document_post (organ_id, from_on, document_id) WHERE sent AND channel = 'board' AND phase = 'published';
