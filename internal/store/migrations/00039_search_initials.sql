-- Titles are found by the initials of Pinyin too. Behind this step all documents are
-- listed anew, by what package search finds them by now.
DELETE FROM search_post;
