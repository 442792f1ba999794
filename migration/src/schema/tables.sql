-- The whole schema, in SQL that SQLite and PostgreSQL both take as it stands.
--
-- Conventions
--   * Moments are BIGINT: milliseconds since 1970, UTC.
--   * Documents (items, rules, courses, credentials) are TEXT holding JSON. They
--     are stored as they were written, because some of them are signed.
--   * A tenant's row has tenant_id first in its primary key, in every foreign
--     key and in every index: a reference across tenants cannot be written.

-- ---------------------------------------------------------------- the person's

CREATE TABLE person (
    id                UUID    NOT NULL PRIMARY KEY,
    email             TEXT    NOT NULL,
    email_key         TEXT    NOT NULL,               -- the address as it is compared
    email_verified_at BIGINT,
    password_hash     TEXT    NOT NULL,               -- argon2id, PHC string
    display_name      TEXT    NOT NULL,
    locale            TEXT,                           -- chosen language; else Accept-Language
    theme             TEXT    NOT NULL DEFAULT 'auto',
    is_operator       BOOLEAN NOT NULL DEFAULT FALSE,
    created_at        BIGINT  NOT NULL,
    CONSTRAINT person_email_taken UNIQUE (email_key)
);
-- Whoever comes first runs the installation; two who come at once are one too many.
CREATE UNIQUE INDEX person_operator ON person (is_operator) WHERE is_operator;

CREATE TABLE person_token (                           -- links sent by mail
    token_hash BYTEA  NOT NULL PRIMARY KEY,           -- SHA-256; the token itself is only in the mail
    person_id  UUID   NOT NULL REFERENCES person (id) ON DELETE CASCADE,
    purpose    TEXT   NOT NULL,
    email      TEXT,                                  -- the new address, when that is what is verified
    expires_at BIGINT NOT NULL
);
CREATE INDEX person_token_person ON person_token (person_id, purpose);

CREATE TABLE web_session (                            -- what tower-sessions keeps
    id         TEXT   NOT NULL PRIMARY KEY,           -- SHA-256 of the cookie's value
    public_id  UUID   NOT NULL,                       -- names the session on the account page
    person_id  UUID   REFERENCES person (id) ON DELETE CASCADE,
    data       TEXT   NOT NULL,
    user_agent TEXT   NOT NULL DEFAULT '',
    created_at BIGINT NOT NULL,
    seen_at    BIGINT NOT NULL,
    expires_at BIGINT NOT NULL
);
CREATE INDEX web_session_person ON web_session (person_id, expires_at);
CREATE INDEX web_session_expiry ON web_session (expires_at);

CREATE TABLE sign_in_failure (                        -- limits guessing per account
    account_key BYTEA  NOT NULL PRIMARY KEY,          -- SHA-256 of the address tried, known or not
    failures    BIGINT NOT NULL,
    last_at     BIGINT NOT NULL
);
CREATE INDEX sign_in_failure_age ON sign_in_failure (last_at);

-- --------------------------------------------------------- the installation's

CREATE TABLE tenant (
    id          UUID   NOT NULL PRIMARY KEY,
    slug        TEXT   NOT NULL,
    name        TEXT   NOT NULL,
    tagline     TEXT   NOT NULL DEFAULT '',
    description TEXT   NOT NULL DEFAULT '',           -- Markdown
    languages   TEXT   NOT NULL,                      -- JSON list of language tags, first is the default
    accent      TEXT   NOT NULL,                      -- #rrggbb
    logo_file   UUID,
    sign_up     TEXT   NOT NULL,                      -- JSON: who may join
    created_at  BIGINT NOT NULL,
    CONSTRAINT tenant_slug_taken UNIQUE (slug)
);

CREATE TABLE job (                                    -- the outbox
    id           UUID   NOT NULL PRIMARY KEY,
    tenant_id    UUID   REFERENCES tenant (id) ON DELETE CASCADE,
    kind         TEXT   NOT NULL,
    payload      TEXT   NOT NULL,                     -- JSON
    dedupe       TEXT,                                -- two jobs with the same are one
    run_at       BIGINT NOT NULL,
    tries        BIGINT NOT NULL DEFAULT 0,
    leased_until BIGINT,
    last_error   TEXT,
    parked_at    BIGINT,                              -- given up; an operator sees it
    created_at   BIGINT NOT NULL,
    CONSTRAINT job_queued_once UNIQUE (dedupe)
);
CREATE INDEX job_due ON job (parked_at, run_at);

CREATE TABLE public_address (                         -- where a public id lives
    id        UUID NOT NULL PRIMARY KEY,
    kind      TEXT NOT NULL,                          -- credential | status-list
    tenant_id UUID NOT NULL REFERENCES tenant (id) ON DELETE CASCADE
);

-- ------------------------------------------------------------------ tenancy

CREATE TABLE membership (
    tenant_id UUID   NOT NULL REFERENCES tenant (id) ON DELETE CASCADE,
    id        UUID   NOT NULL,
    person_id UUID   NOT NULL REFERENCES person (id) ON DELETE CASCADE,
    role      TEXT   NOT NULL,
    joined_at BIGINT NOT NULL,
    ended_at  BIGINT,
    PRIMARY KEY (tenant_id, id),
    CONSTRAINT membership_once UNIQUE (tenant_id, person_id)
);
CREATE INDEX membership_person ON membership (person_id);

CREATE TABLE invitation (
    tenant_id   UUID   NOT NULL REFERENCES tenant (id) ON DELETE CASCADE,
    id          UUID   NOT NULL,
    email       TEXT   NOT NULL,
    email_key   TEXT   NOT NULL,
    role        TEXT   NOT NULL,
    token_hash  BYTEA  NOT NULL,
    invited_by  UUID   NOT NULL,
    created_at  BIGINT NOT NULL,
    expires_at  BIGINT NOT NULL,
    accepted_at BIGINT,
    revoked_at  BIGINT,
    PRIMARY KEY (tenant_id, id),
    CONSTRAINT invitation_token UNIQUE (tenant_id, token_hash)
);
CREATE INDEX invitation_address ON invitation (tenant_id, email_key);

CREATE TABLE audit_entry (
    tenant_id  UUID   NOT NULL REFERENCES tenant (id) ON DELETE CASCADE,
    id         UUID   NOT NULL,
    at         BIGINT NOT NULL,
    actor_id   UUID,                                  -- a person; none when Cairn acted by itself
    action     TEXT   NOT NULL,
    subject    TEXT   NOT NULL,                       -- kind:id
    detail     TEXT   NOT NULL,                       -- JSON, never a secret
    PRIMARY KEY (tenant_id, id)
);
CREATE INDEX audit_entry_subject ON audit_entry (tenant_id, subject);

CREATE TABLE file (
    tenant_id  UUID   NOT NULL REFERENCES tenant (id) ON DELETE CASCADE,
    id         UUID   NOT NULL,
    name       TEXT   NOT NULL,
    media_type TEXT   NOT NULL,                       -- found from the content
    size       BIGINT NOT NULL,                       -- bytes
    sha256     BYTEA  NOT NULL,
    is_public  BOOLEAN NOT NULL,                      -- visitors may see it too
    created_by UUID   NOT NULL,
    created_at BIGINT NOT NULL,
    PRIMARY KEY (tenant_id, id),
    CONSTRAINT file_name_taken UNIQUE (tenant_id, name)
);

-- --------------------------------------------------------------- competency

CREATE TABLE framework (
    tenant_id   UUID   NOT NULL REFERENCES tenant (id) ON DELETE CASCADE,
    id          UUID   NOT NULL,
    code        TEXT   NOT NULL,
    title       TEXT   NOT NULL,
    description TEXT   NOT NULL DEFAULT '',
    created_at  BIGINT NOT NULL,
    PRIMARY KEY (tenant_id, id),
    CONSTRAINT framework_code_taken UNIQUE (tenant_id, code)
);

CREATE TABLE competency (
    tenant_id    UUID   NOT NULL,
    id           UUID   NOT NULL,
    framework_id UUID   NOT NULL,
    parent_id    UUID,
    code         TEXT   NOT NULL,
    statement    TEXT   NOT NULL,
    level        TEXT   NOT NULL DEFAULT '',
    position     BIGINT NOT NULL,
    rule         TEXT   NOT NULL,                     -- JSON: when it counts as shown
    rule_version BIGINT NOT NULL,
    PRIMARY KEY (tenant_id, id),
    CONSTRAINT competency_code_taken UNIQUE (tenant_id, framework_id, code),
    FOREIGN KEY (tenant_id, framework_id) REFERENCES framework (tenant_id, id) ON DELETE CASCADE,
    FOREIGN KEY (tenant_id, parent_id) REFERENCES competency (tenant_id, id)
);

-- ------------------------------------------------------------------- course

CREATE TABLE course (
    tenant_id            UUID   NOT NULL REFERENCES tenant (id) ON DELETE CASCADE,
    id                   UUID   NOT NULL,
    slug                 TEXT   NOT NULL,
    title                TEXT   NOT NULL,             -- of the draft; the catalogue shows the published one
    draft                TEXT   NOT NULL,             -- JSON: modules, activities, lessons
    draft_revision       BIGINT NOT NULL,             -- raised by each save; a save names the one it saw
    published_version_id UUID,
    created_by           UUID   NOT NULL,
    created_at           BIGINT NOT NULL,
    updated_at           BIGINT NOT NULL,
    archived_at          BIGINT,
    PRIMARY KEY (tenant_id, id),
    CONSTRAINT course_slug_taken UNIQUE (tenant_id, slug)
);

CREATE TABLE course_version (
    tenant_id    UUID   NOT NULL,
    id           UUID   NOT NULL,
    course_id    UUID   NOT NULL,
    number       BIGINT NOT NULL,
    about        TEXT   NOT NULL,                     -- JSON: what the catalogue says
    content      TEXT   NOT NULL,
    published_by UUID   NOT NULL,
    published_at BIGINT NOT NULL,
    PRIMARY KEY (tenant_id, id),
    CONSTRAINT course_version_number UNIQUE (tenant_id, course_id, number),
    FOREIGN KEY (tenant_id, course_id) REFERENCES course (tenant_id, id) ON DELETE CASCADE
);

CREATE TABLE enrolment (
    tenant_id         UUID   NOT NULL,
    person_id         UUID   NOT NULL REFERENCES person (id) ON DELETE CASCADE,
    course_id         UUID   NOT NULL,
    course_version_id UUID   NOT NULL,                -- a learner stays on the version they began
    enrolled_at       BIGINT NOT NULL,
    completed_at      BIGINT,
    PRIMARY KEY (tenant_id, person_id, course_id),
    FOREIGN KEY (tenant_id, course_id) REFERENCES course (tenant_id, id) ON DELETE CASCADE,
    FOREIGN KEY (tenant_id, course_version_id) REFERENCES course_version (tenant_id, id)
);
CREATE INDEX enrolment_course ON enrolment (tenant_id, course_id);

CREATE TABLE activity_progress (
    tenant_id    UUID   NOT NULL,
    person_id    UUID   NOT NULL,
    course_id    UUID   NOT NULL,
    activity_id  UUID   NOT NULL,
    started_at   BIGINT NOT NULL,
    completed_at BIGINT,
    PRIMARY KEY (tenant_id, person_id, course_id, activity_id),
    FOREIGN KEY (tenant_id, person_id, course_id) REFERENCES enrolment (tenant_id, person_id, course_id) ON DELETE CASCADE
);

-- --------------------------------------------------------------- assessment

CREATE TABLE item (
    tenant_id            UUID             NOT NULL,
    id                   UUID             NOT NULL,
    competency_id        UUID             NOT NULL,
    title                TEXT             NOT NULL,
    asked                TEXT             NOT NULL,   -- the beginning of what it asks, to find it by
    kind                 TEXT             NOT NULL,   -- of what it asks; extended-text if a person marks any of it
    purpose              TEXT             NOT NULL,   -- practice | assessment
    difficulty           DOUBLE PRECISION NOT NULL,   -- logit
    draft                TEXT             NOT NULL,   -- JSON: the item
    draft_revision       BIGINT           NOT NULL,
    published_version_id UUID,
    -- As it was published: what attempts and practice are drawn by.
    drawn_competency_id  UUID,
    drawn_kind           TEXT,
    drawn_purpose        TEXT,
    drawn_difficulty     DOUBLE PRECISION,
    created_by           UUID             NOT NULL,
    created_at           BIGINT           NOT NULL,
    updated_at           BIGINT           NOT NULL,
    retired_at           BIGINT,
    PRIMARY KEY (tenant_id, id),
    FOREIGN KEY (tenant_id, competency_id) REFERENCES competency (tenant_id, id),
    FOREIGN KEY (tenant_id, drawn_competency_id) REFERENCES competency (tenant_id, id)
);
CREATE INDEX item_list ON item (tenant_id, competency_id, purpose);
CREATE INDEX item_pool ON item (tenant_id, drawn_competency_id, drawn_purpose);

CREATE TABLE item_version (
    tenant_id    UUID   NOT NULL,
    id           UUID   NOT NULL,
    item_id      UUID   NOT NULL,
    number       BIGINT NOT NULL,
    content      TEXT   NOT NULL,
    published_by UUID   NOT NULL,
    published_at BIGINT NOT NULL,
    PRIMARY KEY (tenant_id, id),
    CONSTRAINT item_version_number UNIQUE (tenant_id, item_id, number),
    FOREIGN KEY (tenant_id, item_id) REFERENCES item (tenant_id, id) ON DELETE CASCADE
);

CREATE TABLE assessment (
    tenant_id            UUID   NOT NULL REFERENCES tenant (id) ON DELETE CASCADE,
    id                   UUID   NOT NULL,
    title                TEXT   NOT NULL,
    draft                TEXT   NOT NULL,             -- JSON: sections, draws, limits, policies
    draft_revision       BIGINT NOT NULL,
    published_version_id UUID,
    created_by           UUID   NOT NULL,
    created_at           BIGINT NOT NULL,
    updated_at           BIGINT NOT NULL,
    archived_at          BIGINT,
    PRIMARY KEY (tenant_id, id)
);

CREATE TABLE assessment_version (
    tenant_id     UUID   NOT NULL,
    id            UUID   NOT NULL,
    assessment_id UUID   NOT NULL,
    number        BIGINT NOT NULL,
    content       TEXT   NOT NULL,
    published_by  UUID   NOT NULL,
    published_at  BIGINT NOT NULL,
    PRIMARY KEY (tenant_id, id),
    CONSTRAINT assessment_version_number UNIQUE (tenant_id, assessment_id, number),
    FOREIGN KEY (tenant_id, assessment_id) REFERENCES assessment (tenant_id, id) ON DELETE CASCADE
);

CREATE TABLE attempt (
    tenant_id             UUID   NOT NULL,
    id                    UUID   NOT NULL,
    person_id             UUID   NOT NULL REFERENCES person (id) ON DELETE CASCADE,
    assessment_id         UUID   NOT NULL,
    assessment_version_id UUID   NOT NULL,
    course_id             UUID,
    activity_id           UUID,
    number                BIGINT NOT NULL,            -- the learner's 1st, 2nd … at this assessment
    seed                  BIGINT NOT NULL,            -- what the draw and the shuffles start from
    state                 TEXT   NOT NULL,
    started_at            BIGINT NOT NULL,
    deadline              BIGINT,
    submitted_at          BIGINT,
    scored_at             BIGINT,
    result                TEXT,                       -- JSON: points, outcome
    counted_at            BIGINT,                     -- when the tallies took it up
    PRIMARY KEY (tenant_id, id),
    CONSTRAINT attempt_number UNIQUE (tenant_id, person_id, assessment_id, number),
    FOREIGN KEY (tenant_id, assessment_id) REFERENCES assessment (tenant_id, id),
    FOREIGN KEY (tenant_id, assessment_version_id) REFERENCES assessment_version (tenant_id, id)
);
CREATE INDEX attempt_state ON attempt (tenant_id, state, deadline);
CREATE INDEX attempt_assessment ON attempt (tenant_id, assessment_id, state);
CREATE INDEX attempt_uncounted ON attempt (tenant_id, assessment_id) WHERE counted_at IS NULL AND state = 'scored';

CREATE TABLE response (                               -- one drawn item and the answer to it
    tenant_id       UUID    NOT NULL,
    attempt_id      UUID    NOT NULL,
    position        BIGINT  NOT NULL,                 -- 0-based place in the form
    item_id         UUID    NOT NULL,
    item_version_id UUID    NOT NULL,
    competency_id   UUID    NOT NULL,
    answer          TEXT,                             -- JSON; none while unanswered
    sequence        BIGINT  NOT NULL DEFAULT 0,       -- the newest save wins, not the last to arrive
    flagged         BOOLEAN NOT NULL DEFAULT FALSE,
    saved_at        BIGINT,
    score           TEXT,                             -- JSON, with the reason of each point
    PRIMARY KEY (tenant_id, attempt_id, position),
    FOREIGN KEY (tenant_id, attempt_id) REFERENCES attempt (tenant_id, id) ON DELETE CASCADE,
    FOREIGN KEY (tenant_id, item_version_id) REFERENCES item_version (tenant_id, id)
);
CREATE INDEX response_item ON response (tenant_id, item_id);

CREATE TABLE assessment_tally (                       -- what all attempts at it add up to
    tenant_id     UUID NOT NULL,
    assessment_id UUID NOT NULL,
    content       TEXT NOT NULL,                      -- JSON
    PRIMARY KEY (tenant_id, assessment_id),
    FOREIGN KEY (tenant_id, assessment_id) REFERENCES assessment (tenant_id, id) ON DELETE CASCADE
);

CREATE TABLE item_tally (                             -- what all answers to it in one assessment add up to
    tenant_id       UUID NOT NULL,
    assessment_id   UUID NOT NULL,
    item_version_id UUID NOT NULL,
    content         TEXT NOT NULL,                    -- JSON
    PRIMARY KEY (tenant_id, assessment_id, item_version_id),
    FOREIGN KEY (tenant_id, assessment_id) REFERENCES assessment (tenant_id, id) ON DELETE CASCADE,
    FOREIGN KEY (tenant_id, item_version_id) REFERENCES item_version (tenant_id, id) ON DELETE CASCADE
);

CREATE TABLE exposure (                               -- which items a learner has seen
    tenant_id UUID   NOT NULL,
    person_id UUID   NOT NULL REFERENCES person (id) ON DELETE CASCADE,
    item_id   UUID   NOT NULL,
    seen_at   BIGINT NOT NULL,
    PRIMARY KEY (tenant_id, person_id, item_id),
    FOREIGN KEY (tenant_id, item_id) REFERENCES item (tenant_id, id) ON DELETE CASCADE
);
CREATE INDEX exposure_item ON exposure (tenant_id, item_id);

CREATE TABLE marking (                                -- answers that a person marks
    tenant_id     UUID   NOT NULL,
    id            UUID   NOT NULL,
    attempt_id    UUID   NOT NULL,
    position      BIGINT NOT NULL,
    assessment_id UUID   NOT NULL,
    queued_at     BIGINT NOT NULL,
    claimed_by    UUID,
    claimed_until BIGINT,
    mark          TEXT,                               -- JSON: level per criterion, comment
    marked_by     UUID,
    marked_at     BIGINT,
    PRIMARY KEY (tenant_id, id),
    CONSTRAINT marking_once UNIQUE (tenant_id, attempt_id, position),
    FOREIGN KEY (tenant_id, attempt_id, position) REFERENCES response (tenant_id, attempt_id, position) ON DELETE CASCADE
);
CREATE INDEX marking_queue ON marking (tenant_id, marked_at, queued_at);

-- ------------------------------------------------------------------ mastery

CREATE TABLE ability (                                -- an estimate; chooses practice, never awards
    tenant_id     UUID             NOT NULL,
    person_id     UUID             NOT NULL REFERENCES person (id) ON DELETE CASCADE,
    competency_id UUID             NOT NULL,
    theta         DOUBLE PRECISION NOT NULL,          -- logit
    answers       BIGINT           NOT NULL,
    updated_at    BIGINT           NOT NULL,
    PRIMARY KEY (tenant_id, person_id, competency_id),
    FOREIGN KEY (tenant_id, competency_id) REFERENCES competency (tenant_id, id) ON DELETE CASCADE
);

CREATE TABLE practice_answer (
    tenant_id       UUID    NOT NULL,
    id              UUID    NOT NULL,
    person_id       UUID    NOT NULL REFERENCES person (id) ON DELETE CASCADE,
    item_id         UUID    NOT NULL,
    item_version_id UUID    NOT NULL,
    competency_id   UUID    NOT NULL,
    seed            BIGINT  NOT NULL,
    answer          TEXT    NOT NULL,
    score           TEXT    NOT NULL,
    correct         BOOLEAN NOT NULL,
    at              BIGINT  NOT NULL,
    PRIMARY KEY (tenant_id, id),
    FOREIGN KEY (tenant_id, item_version_id) REFERENCES item_version (tenant_id, id)
);
CREATE INDEX practice_answer_person ON practice_answer (tenant_id, person_id, competency_id, at);

CREATE TABLE evidence (                               -- what supports a decision
    tenant_id     UUID   NOT NULL,
    id            UUID   NOT NULL,
    person_id     UUID   NOT NULL REFERENCES person (id) ON DELETE CASCADE,
    competency_id UUID   NOT NULL,
    attempt_id    UUID,
    kind          TEXT   NOT NULL,
    content       TEXT   NOT NULL,                    -- JSON
    at            BIGINT NOT NULL,
    PRIMARY KEY (tenant_id, id),
    FOREIGN KEY (tenant_id, competency_id) REFERENCES competency (tenant_id, id),
    FOREIGN KEY (tenant_id, attempt_id) REFERENCES attempt (tenant_id, id)
);
CREATE INDEX evidence_person ON evidence (tenant_id, person_id, competency_id, at);

CREATE TABLE decision (                               -- made once, replayed from its record
    tenant_id     UUID   NOT NULL,
    id            UUID   NOT NULL,
    person_id     UUID   NOT NULL REFERENCES person (id) ON DELETE CASCADE,
    competency_id UUID,                               -- whether this is mastered,
    assessment_id UUID,                               -- or whether this is passed
    attempt_id    UUID,
    outcome       TEXT   NOT NULL,
    record        TEXT   NOT NULL,                    -- JSON: rule, evidence, trace
    at            BIGINT NOT NULL,
    PRIMARY KEY (tenant_id, id),
    CONSTRAINT decision_on_one_thing CHECK ((competency_id IS NULL) <> (assessment_id IS NULL)),
    FOREIGN KEY (tenant_id, competency_id) REFERENCES competency (tenant_id, id),
    FOREIGN KEY (tenant_id, assessment_id) REFERENCES assessment (tenant_id, id),
    FOREIGN KEY (tenant_id, attempt_id) REFERENCES attempt (tenant_id, id)
);
CREATE INDEX decision_person ON decision (tenant_id, person_id, competency_id, at);
CREATE INDEX decision_attempt ON decision (tenant_id, attempt_id);

CREATE TABLE mastery (                                -- what the newest decision says
    tenant_id     UUID   NOT NULL,
    person_id     UUID   NOT NULL REFERENCES person (id) ON DELETE CASCADE,
    competency_id UUID   NOT NULL,
    outcome       TEXT   NOT NULL,
    decision_id   UUID   NOT NULL,
    since         BIGINT NOT NULL,
    PRIMARY KEY (tenant_id, person_id, competency_id),
    FOREIGN KEY (tenant_id, decision_id) REFERENCES decision (tenant_id, id)
);
CREATE INDEX mastery_competency ON mastery (tenant_id, competency_id, outcome);

-- ------------------------------------------------------------------ program

CREATE TABLE achievement (
    tenant_id            UUID   NOT NULL REFERENCES tenant (id) ON DELETE CASCADE,
    id                   UUID   NOT NULL,
    name                 TEXT   NOT NULL,
    draft                TEXT   NOT NULL,             -- JSON: the badge definition
    draft_revision       BIGINT NOT NULL,
    image_file           UUID,                        -- none: drawn from the brand
    published_version_id UUID,
    created_by           UUID   NOT NULL,
    created_at           BIGINT NOT NULL,
    updated_at           BIGINT NOT NULL,
    archived_at          BIGINT,
    PRIMARY KEY (tenant_id, id)
);

CREATE TABLE achievement_version (
    tenant_id      UUID   NOT NULL,
    id             UUID   NOT NULL,
    achievement_id UUID   NOT NULL,
    number         BIGINT NOT NULL,
    content        TEXT   NOT NULL,
    image_file     UUID,                              -- none: drawn from the brand
    published_by   UUID   NOT NULL,
    published_at   BIGINT NOT NULL,
    PRIMARY KEY (tenant_id, id),
    CONSTRAINT achievement_version_number UNIQUE (tenant_id, achievement_id, number),
    FOREIGN KEY (tenant_id, achievement_id) REFERENCES achievement (tenant_id, id) ON DELETE CASCADE
);

CREATE TABLE award (
    tenant_id              UUID   NOT NULL,
    id                     UUID   NOT NULL,
    person_id              UUID   NOT NULL REFERENCES person (id),
    achievement_id         UUID   NOT NULL,
    achievement_version_id UUID   NOT NULL,
    because                TEXT   NOT NULL,           -- JSON: what fulfilled the criteria
    awarded_at             BIGINT NOT NULL,
    withdrawn_at           BIGINT,
    PRIMARY KEY (tenant_id, id),
    CONSTRAINT award_once UNIQUE (tenant_id, person_id, achievement_id, achievement_version_id),
    FOREIGN KEY (tenant_id, achievement_id) REFERENCES achievement (tenant_id, id),
    FOREIGN KEY (tenant_id, achievement_version_id) REFERENCES achievement_version (tenant_id, id)
);
CREATE INDEX award_achievement ON award (tenant_id, achievement_id, awarded_at);

-- --------------------------------------------------------------- credential

CREATE TABLE signing_key (
    tenant_id     UUID   NOT NULL REFERENCES tenant (id) ON DELETE CASCADE,
    id            UUID   NOT NULL,
    public_key    BYTEA  NOT NULL,                    -- Ed25519, 32 bytes
    sealed_secret BYTEA  NOT NULL,                    -- under the master key
    created_at    BIGINT NOT NULL,
    retired_at    BIGINT,                             -- still in the DID document
    PRIMARY KEY (tenant_id, id)
);

CREATE TABLE status_list (
    tenant_id  UUID   NOT NULL REFERENCES tenant (id) ON DELETE CASCADE,
    id         UUID   NOT NULL,
    purpose    TEXT   NOT NULL,                       -- revocation | suspension
    bits       BYTEA  NOT NULL,                       -- gzip
    taken      BIGINT NOT NULL,                       -- entries given out
    document   TEXT,                                  -- the signed list, as served
    updated_at BIGINT NOT NULL,
    PRIMARY KEY (tenant_id, id)
);

CREATE TABLE credential (
    tenant_id      UUID   NOT NULL,
    id             UUID   NOT NULL,
    award_id       UUID   NOT NULL,
    person_id      UUID   NOT NULL REFERENCES person (id),
    achievement_id UUID   NOT NULL,
    document       TEXT   NOT NULL,                   -- as signed, byte for byte
    status_list_id UUID   NOT NULL,
    status_index   BIGINT NOT NULL,
    issued_at      BIGINT NOT NULL,
    valid_until    BIGINT,
    revoked_at     BIGINT,
    revoked_reason TEXT,
    PRIMARY KEY (tenant_id, id),
    CONSTRAINT credential_once UNIQUE (tenant_id, award_id),
    CONSTRAINT credential_status_slot UNIQUE (tenant_id, status_list_id, status_index),
    FOREIGN KEY (tenant_id, award_id) REFERENCES award (tenant_id, id),
    FOREIGN KEY (tenant_id, status_list_id) REFERENCES status_list (tenant_id, id)
);
CREATE INDEX credential_achievement ON credential (tenant_id, achievement_id, issued_at);

CREATE TABLE wallet_item (                            -- the person's own; outlives a membership
    person_id      UUID    NOT NULL REFERENCES person (id) ON DELETE CASCADE,
    tenant_id      UUID    NOT NULL,
    credential_id  UUID    NOT NULL,
    is_public      BOOLEAN NOT NULL DEFAULT FALSE,
    shows_evidence BOOLEAN NOT NULL DEFAULT FALSE,
    added_at       BIGINT  NOT NULL,
    PRIMARY KEY (person_id, credential_id),
    FOREIGN KEY (tenant_id, credential_id) REFERENCES credential (tenant_id, id)
);
CREATE INDEX wallet_item_credential ON wallet_item (tenant_id, credential_id);
