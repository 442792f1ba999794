-- The public log of what issuers did with badges. The installation's, not a tenant's.

ALTER TABLE credential_event ADD COLUMN log_index BIGINT;   -- none: waits to be entered, or is not to be
ALTER TABLE credential_event ADD COLUMN logged_at BIGINT;
CREATE INDEX credential_event_waiting ON credential_event (number, at)
    WHERE log_index IS NULL AND step IN ('issued', 'revoked');

CREATE TABLE transparency_log (                       -- one row
    id            BIGINT NOT NULL PRIMARY KEY CHECK (id = 1),
    origin        TEXT   NOT NULL,                    -- its name, in every checkpoint
    public_key    BYTEA  NOT NULL,                    -- Ed25519, 32 bytes
    sealed_secret BYTEA  NOT NULL,                    -- under the master key
    size          BIGINT NOT NULL,                    -- entries
    checkpoint    TEXT   NOT NULL                     -- signed, as served
);

CREATE TABLE log_entry (
    position BIGINT NOT NULL PRIMARY KEY,             -- 0, 1, 2 …
    content  TEXT   NOT NULL                          -- JSON, byte for byte as it was hashed
);

CREATE TABLE log_hash (                               -- of 256^level entries each
    level    BIGINT NOT NULL,
    position BIGINT NOT NULL,
    hash     BYTEA  NOT NULL,                         -- SHA-256, 32 bytes
    PRIMARY KEY (level, position)
);
