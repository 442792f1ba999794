//! Evidence for the tests of this area.

use std::time::Duration;

use uuid::Uuid;

use super::{Answer, Decision, Evidence, Observation, Rule, decide};
use crate::{
    Timestamp,
    assessment::{Amendment, Remedy},
    id::{AssessmentId, AttemptId, EvidenceId, ItemId, ItemVersionId, PersonId},
};

pub(super) fn rule(json: &str) -> Rule {
    serde_json::from_str(json).unwrap()
}

pub(super) fn decided(json: &str, evidence: &[Evidence]) -> Decision {
    decide(&rule(json), evidence)
}

pub(super) fn evidence(n: u64) -> EvidenceId {
    EvidenceId(Uuid::from_u128(u128::from(n)))
}

/// The `n`th hour of the year 2000.
pub(super) fn hour(n: u64) -> Timestamp {
    Timestamp::from_unix_millis(946_684_800_000).after(Duration::from_hours(n))
}

/// Half an hour's attempt at assessment 1 that ended at that hour: `+` for
/// each right answer, `-` for each wrong one, all to new items.
pub(super) fn attempt(at: u64, marks: &str) -> Evidence {
    let answers = marks
        .chars()
        .zip(at * 1_000..)
        .map(|(mark, item)| answer(item, mark == '+'));
    attempt_of(at, answers.collect())
}

pub(super) fn attempt_of(at: u64, answers: Vec<Answer>) -> Evidence {
    Evidence {
        id: evidence(at),
        at: hour(at),
        observation: Observation::Answers {
            assessment: AssessmentId(Uuid::from_u128(1)),
            attempt: AttemptId(Uuid::from_u128(u128::from(at))),
            begun: hour(at).before(Duration::from_mins(30)),
            answers,
        },
    }
}

pub(super) fn answer(item: u64, right: bool) -> Answer {
    let id = Uuid::from_u128(u128::from(item));
    Answer {
        item: ItemId(id),
        item_version: ItemVersionId(id),
        earned: if right { 100 } else { 0 },
        possible: 100,
        amended: None,
    }
}

/// The same answer, as it counts since an assessor set its points.
pub(super) fn amended(answer: Answer) -> Answer {
    Answer {
        amended: Some(Amendment::Appeal),
        ..answer
    }
}

/// The same answer, its item dropped.
pub(super) fn dropped(item: u64) -> Answer {
    Answer {
        earned: 0,
        possible: 0,
        amended: Some(Amendment::Regrade(Remedy::Drop)),
        ..answer(item, false)
    }
}

pub(super) fn mark(at: u64, assessor: u128, level: u8) -> Evidence {
    Evidence {
        id: evidence(at),
        at: hour(at),
        observation: Observation::RubricMark {
            assessor: PersonId(Uuid::from_u128(assessor)),
            item_version: None,
            level,
        },
    }
}

pub(super) fn judgement(at: u64, assessor: u128, demonstrated: bool) -> Evidence {
    Evidence {
        id: evidence(at),
        at: hour(at),
        observation: Observation::Judgement {
            assessor: PersonId(Uuid::from_u128(assessor)),
            demonstrated,
            about: Vec::new(),
        },
    }
}
