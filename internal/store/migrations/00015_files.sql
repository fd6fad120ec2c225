-- Which record needs a file, and until when; when the content of a file was erased.

ALTER TABLE blob ADD COLUMN erased_at BIGINT NOT NULL DEFAULT 0;

-- blob_use: subject is the record that refers to the file, name what for: 'paper'
-- for what holds personal data of those who sent it, 'record' for what the organ keeps.
ALTER TABLE blob_use ADD COLUMN erase_after TEXT NOT NULL DEFAULT ''; -- the last day it is needed; '' while the record is
CREATE INDEX blob_use_erase ON blob_use (erase_after) WHERE erase_after <> '';

-- Of files from before it is not known who needs them: all stay.
INSERT INTO blob_use (hash, subject, name) SELECT hash, 'files/00015', 'record' FROM blob;
