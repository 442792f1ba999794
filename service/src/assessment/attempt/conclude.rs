//! From scores to evidence, decisions and awards.

use std::collections::BTreeMap;

use domain::{
    Timestamp,
    assessment::{AttemptEvent, AttemptState, Points, Score},
    id::{AwardId, CompetencyId, DecisionId, EvidenceId, PersonId},
    mastery::{Answer, Observation, Outcome},
};
use entity::{
    TenantTx,
    assessment::{adjustment, attempt, marking, response},
    mastery::evidence,
};
use sea_orm::ColumnTrait;
use serde::{Deserialize, Serialize};

use super::{
    sitting::{Sitting, score_of},
    submit::after,
};
use crate::{
    Ctx, Error, Result,
    assessment::{late, marking::StoredMark},
    course,
    job::{self, Job},
    mastery, program,
};

/// What came of an attempt, as it is stored with it.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub struct AttemptResult {
    /// Points given.
    pub points: Points,
    /// Points to be had.
    pub max: Points,
    /// What the assessment's own rule says; none where it has no rule.
    pub outcome: Option<Outcome>,
    /// What was decided: of the assessment, then of each competency.
    pub decisions: Vec<DecisionId>,
    /// What was earned.
    pub awards: Vec<AwardId>,
}

/// Ends an attempt of which every answer that counts is scored. The caller
/// holds the person and the attempt.
pub(crate) async fn conclude(ctx: &Ctx, tx: &TenantTx, sitting: &Sitting) -> Result<AttemptResult> {
    let state = after(sitting.attempt.state, AttemptEvent::Score)?;
    let scored = scores(sitting)?;
    let competencies = store_evidence(ctx, tx, sitting, &scored).await?;

    let mut result = AttemptResult {
        points: scored.iter().map(|(_, score)| score.points).sum(),
        max: scored.iter().map(|(_, score)| score.max).sum(),
        ..AttemptResult::default()
    };
    if let Some((decision, outcome)) = mastery::decide_assessment(ctx, tx, sitting).await? {
        result.decisions.push(decision);
        result.outcome = Some(outcome);
    }
    for competency in competencies {
        let (person, attempt) = (sitting.row.person_id, sitting.row.id);
        let decision = mastery::decide_competency(ctx, tx, person, competency, Some(attempt)).await?;
        result.decisions.push(decision);
    }
    result.awards = program::evaluate(ctx, tx, sitting.row.person_id).await?;
    let (person, assessment) = (sitting.row.person_id, sitting.row.assessment_id);
    match (result.outcome, sitting.row.course_id.zip(sitting.row.activity_id)) {
        (Some(Outcome::Mastered), _) => course::complete_assessment(ctx, tx, person, assessment).await?,
        // Without a rule it is done when it has been sat.
        (None, Some((course, activity))) => {
            course::complete_activity(ctx, tx, person, course, activity).await?;
        }
        _ => {}
    }
    tx.change::<attempt::Entity>()
        .filter(attempt::Column::Id.eq(sitting.row.id))
        .set(attempt::Column::State, state.to_string())
        .set(attempt::Column::SubmittedAt, sitting.row.submitted_at)
        .set(attempt::Column::HandedIn, sitting.row.handed_in)
        .set(attempt::Column::ScoredAt, ctx.now())
        .set(attempt::Column::Result, serde_json::to_string(&result)?)
        .apply()
        .await?;
    let count = Job::CountAttempt {
        tenant: ctx.tenant(),
        attempt: sitting.row.id,
    };
    job::now(tx.unowned(), ctx.installation(), &count).await?;
    Ok(result)
}

/// The answers that have a score, with it.
pub(crate) fn scores(sitting: &Sitting) -> Result<Vec<(&response::Model, Score)>> {
    sitting
        .responses
        .iter()
        .filter_map(|row| match score_of(row) {
            Ok(score) => score.map(|score| Ok((row, score))),
            Err(cause) => Some(Err(cause)),
        })
        .collect()
}

/// Stores what the attempt shows, competency by competency. Returns those that
/// it says anything about: where all was dropped, it says only what is not new to the
/// person any more.
pub(crate) async fn store_evidence(
    ctx: &Ctx,
    tx: &TenantTx,
    sitting: &Sitting,
    scored: &[(&response::Model, Score)],
) -> Result<Vec<CompetencyId>> {
    let ended = sitting.row.submitted_at.ok_or(Error::Stale)?;
    let mut answers = BTreeMap::<CompetencyId, Vec<Answer>>::new();
    for (row, score) in scored {
        answers
            .entry(row.competency_id)
            .or_default()
            .push(answer(row, score));
    }
    let says = |(_, answers): &(&CompetencyId, &Vec<Answer>)| !answers.iter().all(Answer::is_dropped);
    let competencies = answers.iter().filter(says).map(|(id, _)| *id).collect();
    let mut rows = Vec::new();
    for (competency, answers) in answers {
        let observation = Observation::Answers {
            assessment: sitting.row.assessment_id,
            attempt: sitting.row.id,
            begun: sitting.row.started_at,
            answers,
        };
        rows.push(evidence_row(
            ctx,
            sitting,
            competency,
            "answers",
            &observation,
            ended,
        )?);
    }
    for (position, marked) in given_marks(tx, sitting).await? {
        let row = sitting.response(usize::try_from(position).unwrap_or(usize::MAX))?;
        if score_of(row)?.is_some_and(|score| score.is_dropped()) {
            continue;
        }
        let observation = Observation::RubricMark {
            assessor: marked.by,
            item_version: Some(row.item_version_id),
            level: marked.mark.level,
        };
        rows.push(evidence_row(
            ctx,
            sitting,
            row.competency_id,
            "rubric-mark",
            &observation,
            marked.at,
        )?);
    }
    tx.insert_many::<evidence::Entity>(rows).await?;
    Ok(competencies)
}

/// A scored answer as evidence has it; none while it has no score.
pub(crate) fn answer_of_row(row: &response::Model) -> Result<Option<Answer>> {
    Ok(score_of(row)?.map(|score| answer(row, &score)))
}

fn answer(row: &response::Model, score: &Score) -> Answer {
    let hundredths = |points: Points| u32::try_from(points.hundredths()).unwrap_or(0);
    Answer {
        item: row.item_id,
        item_version: row.item_version_id,
        earned: hundredths(score.points),
        possible: hundredths(score.max),
        amended: score.amended,
    }
}

/// What an assessor said of an answer.
pub(crate) struct GivenMark {
    pub(crate) mark: StoredMark,
    by: PersonId,
    at: Timestamp,
}

/// What assessors said, by position: what was said last, where an answer that came late
/// counts, or one looked again.
pub(crate) async fn given_marks(tx: &TenantTx, sitting: &Sitting) -> Result<BTreeMap<i64, GivenMark>> {
    if sitting.attempt.state == AttemptState::Submitted {
        return Ok(BTreeMap::new());
    }
    let first = tx
        .rows::<marking::Entity>()
        .filter(marking::Column::AttemptId.eq(sitting.row.id))
        .all()
        .await?;
    let again = tx
        .rows::<adjustment::Entity>()
        .filter(adjustment::Column::AttemptId.eq(sitting.row.id))
        .all()
        .await?;
    let first = first.into_iter().filter_map(|row| {
        let (mark, by, at) = (row.mark?, row.marked_by?, row.marked_at?);
        Some((row.position, mark, by, at))
    });
    let again = again
        .into_iter()
        .filter_map(|row| Some((row.position, row.mark?, row.set_by, row.set_at)));
    let late = late::marks(tx, sitting.row.id).await?;
    let late = late.into_values().filter_map(|row| {
        let (mark, by, at) = (row.mark?, row.decided_by?, row.decided_at?);
        Some((row.position, mark, by, at))
    });
    first
        .chain(late)
        .chain(again)
        .map(|(position, mark, by, at)| {
            let mark = serde_json::from_str(&mark)?;
            Ok((position, GivenMark { mark, by, at }))
        })
        .collect()
}

fn evidence_row(
    ctx: &Ctx,
    sitting: &Sitting,
    competency: CompetencyId,
    kind: &str,
    observation: &Observation,
    at: Timestamp,
) -> Result<evidence::Model> {
    Ok(evidence::Model {
        tenant_id: ctx.tenant(),
        id: ctx.new_id::<EvidenceId>(),
        person_id: sitting.row.person_id,
        competency_id: competency,
        attempt_id: Some(sitting.row.id),
        kind: kind.to_owned(),
        content: serde_json::to_string(observation)?,
        at,
        superseded_at: None,
    })
}
