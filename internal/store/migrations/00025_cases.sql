-- By what else a request is found: the numbers of its disputes, before whom they are,
-- the voucher of its fee.

ALTER TABLE request ADD COLUMN cases TEXT NOT NULL DEFAULT '';
