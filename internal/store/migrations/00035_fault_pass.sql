-- A fault that was not for the organ that had it goes to another one; its clock goes on.
CREATE TABLE fault_pass (
    fault_id   TEXT NOT NULL REFERENCES fault (id),
    n          BIGINT NOT NULL, -- from 1
    from_organ TEXT NOT NULL REFERENCES organ (id),
    to_organ   TEXT NOT NULL REFERENCES organ (id),
    reason     TEXT NOT NULL, -- for the house
    passed_on  TEXT NOT NULL,
    passed_by  TEXT NOT NULL,
    PRIMARY KEY (fault_id, n)
);
