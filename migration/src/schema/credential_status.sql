-- Badges that do not count for the time being, and what became of each when.

-- Whether the badges of a tenant name a list of suspended ones from now on.
ALTER TABLE tenant ADD COLUMN allows_suspension BOOLEAN NOT NULL DEFAULT FALSE;

-- None of these for a badge that was signed while that was not so: it names no list.
ALTER TABLE credential ADD COLUMN suspension_list_id UUID;
ALTER TABLE credential ADD COLUMN suspension_index BIGINT;
-- While it is suspended.
ALTER TABLE credential ADD COLUMN suspended_at BIGINT;
ALTER TABLE credential ADD COLUMN suspended_reason TEXT;
CREATE UNIQUE INDEX credential_suspension_slot ON credential (tenant_id, suspension_list_id, suspension_index);

CREATE TABLE credential_event (                       -- what its issuer did with a badge
    tenant_id     UUID   NOT NULL,
    credential_id UUID   NOT NULL,
    number        BIGINT NOT NULL,                    -- 1, 2, 3 … of this badge
    person_id     UUID   NOT NULL REFERENCES person (id), -- whose it is
    step          TEXT   NOT NULL,                    -- issued | suspended | reinstated | revoked
    reason        TEXT   NOT NULL,                    -- empty when issued
    taken_by      UUID,                               -- none: Cairn itself, or not noted
    at            BIGINT NOT NULL,
    PRIMARY KEY (tenant_id, credential_id, number),
    FOREIGN KEY (tenant_id, credential_id) REFERENCES credential (tenant_id, id) ON DELETE CASCADE
);
CREATE INDEX credential_event_person ON credential_event (person_id, credential_id);

INSERT INTO credential_event (tenant_id, credential_id, number, person_id, step, reason, taken_by, at)
    SELECT tenant_id, id, 1, person_id, 'issued', '', NULL, issued_at FROM credential;
INSERT INTO credential_event (tenant_id, credential_id, number, person_id, step, reason, taken_by, at)
    SELECT tenant_id, id, 2, person_id, 'revoked', COALESCE(revoked_reason, ''), NULL, revoked_at
    FROM credential WHERE revoked_at IS NOT NULL;
