-- What shows at a start whether the master key is the right one. One row.

CREATE TABLE vault_canary (
    id     BIGINT NOT NULL PRIMARY KEY CHECK (id = 1),
    sealed BYTEA  NOT NULL                               -- under the master key
);
