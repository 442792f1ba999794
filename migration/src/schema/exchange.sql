-- Questions of other systems that were not taken, kept to be tried again.

CREATE TABLE refused_item (
    tenant_id  UUID   NOT NULL REFERENCES tenant (id) ON DELETE CASCADE,
    id         UUID   NOT NULL,                        -- derived from the source
    file_name  TEXT   NOT NULL,                        -- what was imported
    identifier TEXT   NOT NULL,                        -- what the file calls it; may be empty
    reason     TEXT   NOT NULL,                        -- a code
    line       BIGINT NOT NULL,                        -- of the file; 0 where there is none
    begins     BIGINT NOT NULL,                        -- the line of the file that its source begins in
    element    TEXT   NOT NULL,
    purpose    TEXT   NOT NULL,                        -- what it was to be for
    source     BYTEA  NOT NULL,                        -- a document or package of this one
    refused_at BIGINT NOT NULL,                        -- the last time
    refused_by UUID   NOT NULL,
    PRIMARY KEY (tenant_id, id)
);
CREATE INDEX refused_item_at ON refused_item (tenant_id, refused_at);
