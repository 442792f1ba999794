-- The bank of items: review, tags, what they are found by, and what answers and attempts
-- say about them.

ALTER TABLE tenant ADD COLUMN requires_review BOOLEAN NOT NULL DEFAULT FALSE;   -- before an item is published

ALTER TABLE item ADD COLUMN review TEXT NOT NULL DEFAULT 'draft';   -- draft | in-review | approved; retired_at goes before it
ALTER TABLE item ADD COLUMN language TEXT NOT NULL DEFAULT '';      -- of the draft
ALTER TABLE item ADD COLUMN search TEXT NOT NULL DEFAULT '';        -- the words of the draft, in small letters

UPDATE item SET
    language = COALESCE(json(draft) ->> 'language', ''),
    search = lower(title || ' ' || asked);

CREATE INDEX item_newest ON item (tenant_id, retired_at, created_at, id);
CREATE INDEX item_by_review ON item (tenant_id, review, created_at, id);

CREATE TABLE item_review (                              -- what was said and decided about an item, in order
    tenant_id UUID   NOT NULL,
    id        UUID   NOT NULL,
    item_id   UUID   NOT NULL,
    number    BIGINT NOT NULL,                          -- 1, 2, 3 …
    step      TEXT   NOT NULL,
    revision  BIGINT NOT NULL,                          -- of the draft that it was about
    comment   TEXT   NOT NULL,
    person_id UUID   NOT NULL,
    at        BIGINT NOT NULL,
    PRIMARY KEY (tenant_id, id),
    CONSTRAINT item_review_number UNIQUE (tenant_id, item_id, number),
    FOREIGN KEY (tenant_id, item_id) REFERENCES item (tenant_id, id) ON DELETE CASCADE
);

CREATE TABLE item_writer (                              -- who has written in a draft since it was last approved
    tenant_id UUID NOT NULL,
    item_id   UUID NOT NULL,
    person_id UUID NOT NULL,
    PRIMARY KEY (tenant_id, item_id, person_id),
    FOREIGN KEY (tenant_id, item_id) REFERENCES item (tenant_id, id) ON DELETE CASCADE
);
INSERT INTO item_writer (tenant_id, item_id, person_id) SELECT tenant_id, id, created_by FROM item;

CREATE TABLE item_tag (
    tenant_id UUID NOT NULL,
    item_id   UUID NOT NULL,
    tag       TEXT NOT NULL,
    PRIMARY KEY (tenant_id, item_id, tag),
    FOREIGN KEY (tenant_id, item_id) REFERENCES item (tenant_id, id) ON DELETE CASCADE
);
CREATE INDEX item_by_tag ON item_tag (tenant_id, tag, item_id);

CREATE TABLE item_facility (                            -- what all answers to a version add up to, in all assessments
    tenant_id       UUID   NOT NULL,
    item_version_id UUID   NOT NULL,
    answers         BIGINT NOT NULL,
    earned          BIGINT NOT NULL,                    -- millionths of full points
    PRIMARY KEY (tenant_id, item_version_id),
    FOREIGN KEY (tenant_id, item_version_id) REFERENCES item_version (tenant_id, id) ON DELETE CASCADE
);
INSERT INTO item_facility (tenant_id, item_version_id, answers, earned)
SELECT tenant_id, item_version_id,
    SUM(CAST(json(content) -> 'share' ->> 'n' AS BIGINT)),
    SUM(CAST(ROUND(CAST(json(content) -> 'share' ->> 'sum' AS DOUBLE PRECISION) * 1000000) AS BIGINT))
FROM item_tally GROUP BY tenant_id, item_version_id;

CREATE INDEX item_tally_version ON item_tally (tenant_id, item_version_id);

-- When an item was drawn, so that how often it was of late is counted in an index.
ALTER TABLE response ADD COLUMN drawn_at BIGINT NOT NULL DEFAULT 0;
UPDATE response SET drawn_at = (
    SELECT attempt.started_at FROM attempt
    WHERE attempt.tenant_id = response.tenant_id AND attempt.id = response.attempt_id
);
DROP INDEX response_item;
CREATE INDEX response_item ON response (tenant_id, item_id, drawn_at);
