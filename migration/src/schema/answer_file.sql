-- Files that learners answer with; the bytes are in the object store.

CREATE TABLE answer_file (
    tenant_id  UUID   NOT NULL,
    id         UUID   NOT NULL,
    attempt_id UUID   NOT NULL,
    position   BIGINT NOT NULL,                        -- which question of the attempt
    response   TEXT   NOT NULL,                        -- which response in it
    person_id  UUID   NOT NULL REFERENCES person (id) ON DELETE CASCADE,
    name       TEXT   NOT NULL,                        -- as it was called, tidied
    media_type TEXT   NOT NULL,                        -- found from the content
    size       BIGINT NOT NULL,                        -- bytes
    sha256     BYTEA  NOT NULL,
    place      UUID   NOT NULL,                        -- where the bytes are: of this row alone
    stored_at  BIGINT NOT NULL,
    PRIMARY KEY (tenant_id, id),
    CONSTRAINT answer_file_one UNIQUE (tenant_id, attempt_id, position, response),
    FOREIGN KEY (tenant_id, attempt_id, position)
        REFERENCES response (tenant_id, attempt_id, position) ON DELETE CASCADE
);
CREATE INDEX answer_file_person ON answer_file (tenant_id, person_id, stored_at);
