-- When an assessment may be sat, and what people are given to sit it with.

ALTER TABLE assessment ADD COLUMN opens_at BIGINT;
ALTER TABLE assessment ADD COLUMN closes_at BIGINT;
ALTER TABLE assessment ADD COLUMN access_code BYTEA;   -- sealed; none if it takes no code

ALTER TABLE attempt ADD COLUMN breaks_taken BIGINT NOT NULL DEFAULT 0;   -- milliseconds
ALTER TABLE attempt ADD COLUMN breaks_left BIGINT NOT NULL DEFAULT 0;    -- milliseconds
ALTER TABLE attempt ADD COLUMN break_since BIGINT;                       -- while the clock stands still
ALTER TABLE attempt ADD COLUMN reached BIGINT NOT NULL DEFAULT 0;        -- where there is no way back

CREATE TABLE accommodation (
    tenant_id  UUID   NOT NULL REFERENCES tenant (id) ON DELETE CASCADE,
    person_id  UUID   NOT NULL REFERENCES person (id) ON DELETE CASCADE,
    extra_time BIGINT NOT NULL,                          -- percent of a time limit
    breaks     BIGINT NOT NULL,                          -- minutes of one attempt
    set_by     UUID   NOT NULL,
    set_at     BIGINT NOT NULL,
    PRIMARY KEY (tenant_id, person_id)
);
