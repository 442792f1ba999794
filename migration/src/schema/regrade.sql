-- Putting right what was asked wrongly, and having a result looked at again.

CREATE TABLE regrade (                                   -- a remedy for an item version as an assessment asked it
    tenant_id       UUID   NOT NULL,
    id              UUID   NOT NULL,
    assessment_id   UUID   NOT NULL,
    item_version_id UUID   NOT NULL,
    remedy          TEXT   NOT NULL,                      -- JSON
    reason          TEXT   NOT NULL,                      -- for the record
    told            TEXT   NOT NULL,                      -- for the learners
    state           TEXT   NOT NULL,                      -- previewing | ready | applying | done | discarded
    reached         UUID,                                 -- the last person who was looked at
    looked_at       BIGINT NOT NULL,                      -- attempts so far
    attempts        BIGINT NOT NULL,                      -- attempts there were at the beginning
    preview         TEXT   NOT NULL,                      -- JSON: what would change
    changes         TEXT   NOT NULL,                      -- JSON: what has changed
    proposed_by     UUID   NOT NULL,
    proposed_at     BIGINT NOT NULL,
    applied_by      UUID,
    applied_at      BIGINT,
    finished_at     BIGINT,
    PRIMARY KEY (tenant_id, id),
    FOREIGN KEY (tenant_id, assessment_id) REFERENCES assessment (tenant_id, id) ON DELETE CASCADE,
    FOREIGN KEY (tenant_id, item_version_id) REFERENCES item_version (tenant_id, id)
);
CREATE INDEX regrade_assessment ON regrade (tenant_id, assessment_id, state);
CREATE UNIQUE INDEX regrade_one_at_once ON regrade (tenant_id, assessment_id)
    WHERE state IN ('previewing', 'ready', 'applying');

CREATE TABLE appeal (                                    -- a learner asks once for each attempt
    tenant_id     UUID   NOT NULL,
    id            UUID   NOT NULL,
    attempt_id    UUID   NOT NULL,
    assessment_id UUID   NOT NULL,
    reason        TEXT   NOT NULL,
    asked_at      BIGINT NOT NULL,
    changed       BOOLEAN,                               -- whether the answer changed anything; none while it is open
    answer        TEXT,
    answered_by   UUID,
    answered_at   BIGINT,
    PRIMARY KEY (tenant_id, id),
    CONSTRAINT appeal_once UNIQUE (tenant_id, attempt_id),
    FOREIGN KEY (tenant_id, attempt_id) REFERENCES attempt (tenant_id, id) ON DELETE CASCADE,
    FOREIGN KEY (tenant_id, assessment_id) REFERENCES assessment (tenant_id, id)
);
CREATE INDEX appeal_queue ON appeal (tenant_id, answered_at, asked_at);

CREATE TABLE adjustment (                                -- what an assessor set on looking again, before any remedy
    tenant_id  UUID   NOT NULL,
    attempt_id UUID   NOT NULL,
    position   BIGINT NOT NULL,
    points     BIGINT,                                   -- hundredths,
    mark       TEXT,                                     -- or JSON: a level for each criterion
    appeal_id  UUID   NOT NULL,
    set_by     UUID   NOT NULL,
    set_at     BIGINT NOT NULL,
    PRIMARY KEY (tenant_id, attempt_id, position),
    CONSTRAINT adjustment_is_one_thing CHECK ((points IS NULL) <> (mark IS NULL)),
    FOREIGN KEY (tenant_id, attempt_id, position) REFERENCES response (tenant_id, attempt_id, position) ON DELETE CASCADE,
    FOREIGN KEY (tenant_id, appeal_id) REFERENCES appeal (tenant_id, id) ON DELETE CASCADE
);

CREATE TABLE amendment (                                 -- what was changed in an attempt, and what stood there before
    tenant_id  UUID   NOT NULL,
    id         UUID   NOT NULL,
    attempt_id UUID   NOT NULL,
    regrade_id UUID,
    appeal_id  UUID,
    before     TEXT   NOT NULL,                          -- JSON: the scores that were replaced, and the result
    after      TEXT   NOT NULL,                          -- JSON: the result
    at         BIGINT NOT NULL,
    PRIMARY KEY (tenant_id, id),
    CONSTRAINT amendment_by_one_thing CHECK ((regrade_id IS NULL) <> (appeal_id IS NULL)),
    FOREIGN KEY (tenant_id, attempt_id) REFERENCES attempt (tenant_id, id) ON DELETE CASCADE,
    FOREIGN KEY (tenant_id, regrade_id) REFERENCES regrade (tenant_id, id) ON DELETE CASCADE,
    FOREIGN KEY (tenant_id, appeal_id) REFERENCES appeal (tenant_id, id) ON DELETE CASCADE
);
CREATE INDEX amendment_attempt ON amendment (tenant_id, attempt_id, at);

CREATE TABLE groundless_award (                          -- what it stood on is gone; a person reviews it
    tenant_id  UUID   NOT NULL,
    award_id   UUID   NOT NULL,
    regrade_id UUID,
    appeal_id  UUID,
    noted_at   BIGINT NOT NULL,
    PRIMARY KEY (tenant_id, award_id),
    FOREIGN KEY (tenant_id, award_id) REFERENCES award (tenant_id, id) ON DELETE CASCADE
);
CREATE INDEX groundless_award_regrade ON groundless_award (tenant_id, regrade_id, award_id);

-- Evidence that other evidence took the place of. The decisions that were made on it have it in their records.
ALTER TABLE evidence ADD COLUMN superseded_at BIGINT;
CREATE INDEX evidence_attempt ON evidence (tenant_id, attempt_id);

CREATE INDEX attempt_by_person ON attempt (tenant_id, assessment_id, person_id);
