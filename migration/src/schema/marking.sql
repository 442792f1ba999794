-- Marking by two assessors and by moderators, unfinished marks, saved comments.

-- Whose turn it is: first, second, moderation, settled. The columns mark, marked_by
-- and marked_at have the mark that stands.
ALTER TABLE marking ADD COLUMN stage TEXT NOT NULL DEFAULT 'first';
ALTER TABLE marking ADD COLUMN is_double BOOLEAN NOT NULL DEFAULT FALSE;
ALTER TABLE marking ADD COLUMN item_version_id UUID;                      -- what was asked
ALTER TABLE marking ADD COLUMN first_mark TEXT;                           -- JSON, like mark
ALTER TABLE marking ADD COLUMN first_by UUID;
ALTER TABLE marking ADD COLUMN first_at BIGINT;
ALTER TABLE marking ADD COLUMN second_mark TEXT;
ALTER TABLE marking ADD COLUMN second_by UUID CHECK (second_by <> first_by);
ALTER TABLE marking ADD COLUMN second_at BIGINT;

UPDATE marking SET item_version_id = (
    SELECT response.item_version_id FROM response
    WHERE response.tenant_id = marking.tenant_id
      AND response.attempt_id = marking.attempt_id
      AND response.position = marking.position
);
UPDATE marking SET stage = 'settled' WHERE marked_at IS NOT NULL;

DROP INDEX marking_queue;
CREATE INDEX marking_queue ON marking (tenant_id, assessment_id, item_version_id, stage, queued_at)
    WHERE marked_at IS NULL;
CREATE INDEX marking_done ON marking (tenant_id, assessment_id, item_version_id) WHERE marked_at IS NOT NULL;
CREATE INDEX marking_double ON marking (tenant_id, assessment_id, second_at) WHERE second_at IS NOT NULL;
CREATE INDEX marking_claim ON marking (tenant_id, claimed_by) WHERE claimed_by IS NOT NULL;

CREATE TABLE double_marking (                          -- how much is marked by two, from when it is set
    tenant_id     UUID   NOT NULL,
    assessment_id UUID   NOT NULL,
    share         BIGINT NOT NULL,                     -- percent of the pieces
    tolerance     BIGINT NOT NULL,                     -- hundredths of points
    PRIMARY KEY (tenant_id, assessment_id),
    FOREIGN KEY (tenant_id, assessment_id) REFERENCES assessment (tenant_id, id) ON DELETE CASCADE
);

CREATE TABLE marking_draft (                           -- a mark that somebody has begun
    tenant_id  UUID   NOT NULL,
    marking_id UUID   NOT NULL,
    person_id  UUID   NOT NULL REFERENCES person (id) ON DELETE CASCADE,
    content    TEXT   NOT NULL,                        -- JSON: a mark per response
    saved_at   BIGINT NOT NULL,
    PRIMARY KEY (tenant_id, marking_id, person_id),
    FOREIGN KEY (tenant_id, marking_id) REFERENCES marking (tenant_id, id) ON DELETE CASCADE
);
CREATE INDEX marking_draft_person ON marking_draft (tenant_id, person_id);

CREATE TABLE saved_comment (                           -- what an assessor says again and again
    tenant_id UUID   NOT NULL REFERENCES tenant (id) ON DELETE CASCADE,
    id        UUID   NOT NULL,
    person_id UUID   NOT NULL REFERENCES person (id) ON DELETE CASCADE,
    content   TEXT   NOT NULL,                         -- Markdown
    saved_at  BIGINT NOT NULL,
    PRIMARY KEY (tenant_id, id)
);
CREATE INDEX saved_comment_person ON saved_comment (tenant_id, person_id);
