-- Answers that came when the time was up, and what became of them.

ALTER TABLE attempt ADD COLUMN handed_in BOOLEAN NOT NULL DEFAULT FALSE; -- before its time was up
ALTER TABLE attempt ADD COLUMN shown_at BIGINT;                          -- the answers were told, or it was begun again: none is taken any more
ALTER TABLE response ADD COLUMN late TEXT;                               -- JSON: what counts in place of answer, which stays

-- Who handed in before may have been told the answers by now.
UPDATE attempt SET shown_at = submitted_at WHERE submitted_at IS NOT NULL;

CREATE INDEX attempt_lately ON attempt (tenant_id, assessment_id, started_at);

CREATE TABLE late_answer (
    tenant_id     UUID   NOT NULL,
    attempt_id    UUID   NOT NULL,
    position      BIGINT NOT NULL,
    assessment_id UUID   NOT NULL,
    answer        TEXT   NOT NULL,                       -- JSON
    given_at      BIGINT,                                -- by what the browser says
    arrived_at    BIGINT NOT NULL,
    counts        BOOLEAN,                               -- none while it is open
    mark          TEXT,                                  -- JSON: what an assessor says of it, where a person marks
    reason        TEXT,                                  -- for the learner; none where the policy decided
    decided_by    UUID,                                  -- none where the policy decided
    decided_at    BIGINT,
    PRIMARY KEY (tenant_id, attempt_id, position),
    FOREIGN KEY (tenant_id, attempt_id, position) REFERENCES response (tenant_id, attempt_id, position) ON DELETE CASCADE,
    FOREIGN KEY (tenant_id, assessment_id) REFERENCES assessment (tenant_id, id)
);
CREATE INDEX late_answer_open ON late_answer (tenant_id, arrived_at) WHERE counts IS NULL;

-- A late answer is one thing more by which an attempt is amended. A constraint cannot be
-- changed on both engines, so the table is made anew.
CREATE TABLE amended (
    tenant_id     UUID   NOT NULL,
    id            UUID   NOT NULL,
    attempt_id    UUID   NOT NULL,
    regrade_id    UUID,
    appeal_id     UUID,
    late_position BIGINT,                                -- of the late answer that counts
    before        TEXT   NOT NULL,                       -- JSON: the scores that were replaced, and the result
    after         TEXT   NOT NULL,                       -- JSON: the result
    at            BIGINT NOT NULL,
    PRIMARY KEY (tenant_id, id),
    CONSTRAINT amended_by_one_thing CHECK (
        (CASE WHEN regrade_id IS NULL THEN 0 ELSE 1 END)
        + (CASE WHEN appeal_id IS NULL THEN 0 ELSE 1 END)
        + (CASE WHEN late_position IS NULL THEN 0 ELSE 1 END) = 1
    ),
    FOREIGN KEY (tenant_id, attempt_id) REFERENCES attempt (tenant_id, id) ON DELETE CASCADE,
    FOREIGN KEY (tenant_id, regrade_id) REFERENCES regrade (tenant_id, id) ON DELETE CASCADE,
    FOREIGN KEY (tenant_id, appeal_id) REFERENCES appeal (tenant_id, id) ON DELETE CASCADE
);
INSERT INTO amended (tenant_id, id, attempt_id, regrade_id, appeal_id, before, after, at)
    SELECT tenant_id, id, attempt_id, regrade_id, appeal_id, before, after, at FROM amendment;
DROP TABLE amendment;
ALTER TABLE amended RENAME TO amendment;
CREATE INDEX amendment_attempt ON amendment (tenant_id, attempt_id, at);
