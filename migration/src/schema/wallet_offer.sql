-- A badge that its holder puts into another wallet: what a code and a token are good for.

CREATE TABLE wallet_offer (
    id            UUID   NOT NULL PRIMARY KEY,
    person_id     UUID   NOT NULL REFERENCES person (id) ON DELETE CASCADE,
    tenant_id     UUID   NOT NULL,
    credential_id UUID   NOT NULL,
    code_hash     BYTEA  NOT NULL,                 -- of the pre-authorised code
    pin_hash      BYTEA,                           -- of the transaction code, if one is asked for
    wrong_pins    BIGINT NOT NULL DEFAULT 0,
    expires_at    BIGINT NOT NULL,                 -- of the code; after it is taken, of the token
    token_hash    BYTEA,                           -- there once the code was taken
    told          TEXT,                            -- what the wallet said became of it
    CONSTRAINT wallet_offer_code UNIQUE (code_hash),
    CONSTRAINT wallet_offer_token UNIQUE (token_hash),
    FOREIGN KEY (tenant_id, credential_id) REFERENCES credential (tenant_id, id)
);
CREATE INDEX wallet_offer_person ON wallet_offer (person_id, credential_id);
CREATE INDEX wallet_offer_expiry ON wallet_offer (expires_at);
