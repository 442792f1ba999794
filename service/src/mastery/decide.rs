//! Deciding, and keeping the record.

use std::{
    collections::{BTreeMap, BTreeSet},
    ops::RangeInclusive,
};

use domain::{
    Timestamp,
    assessment::AttemptState,
    id::{AssessmentId, AttemptId, CompetencyId, DecisionId, EvidenceId, PersonId},
    mastery::{Evidence, Observation, Outcome, Record, Rule, decide},
};
use entity::{
    TenantTx,
    assessment::{attempt, response},
    competency::competency,
    mastery::{decision, evidence, mastery},
};
use sea_orm::{ColumnTrait, Condition, FromQueryResult};

use crate::{
    Ctx, Error, Result,
    assessment::attempt::{Sitting, answer_of_row},
};

/// Decides whether the person masters a competency, from all evidence there is,
/// and keeps the record.
pub(crate) async fn decide_competency(
    ctx: &Ctx,
    tx: &TenantTx,
    person: PersonId,
    competency: CompetencyId,
    attempt: Option<AttemptId>,
) -> Result<DecisionId> {
    let row = tx
        .rows::<competency::Entity>()
        .filter(competency::Column::Id.eq(competency))
        .one()
        .await?
        .ok_or(Error::NotFound)?;
    let rule: Rule = serde_json::from_str(&row.rule)?;
    let shown = tx
        .rows::<evidence::Entity>()
        .filter(evidence::Column::PersonId.eq(person))
        .filter(evidence::Column::CompetencyId.eq(competency))
        .filter(evidence::Column::SupersededAt.is_null())
        .all()
        .await?;
    let shown = shown.iter().map(evidence_of).collect::<Result<_>>()?;
    let version = u32::try_from(row.rule_version).unwrap_or(u32::MAX);
    let record = Record::new(rule, version, shown);
    let outcome = record.decision().outcome;
    let id = keep(ctx, tx, person, About::Competency(competency), attempt, &record).await?;
    stand(ctx, tx, person, competency, outcome, id).await?;
    Ok(id)
}

/// Decides whether the person has passed an assessment, from their attempts at
/// it, and keeps the record. None where the assessment has no rule.
pub(crate) async fn decide_assessment(
    ctx: &Ctx,
    tx: &TenantTx,
    sitting: &Sitting,
) -> Result<Option<(DecisionId, Outcome)>> {
    let Some(rule) = sitting.assessment.pass_rule.clone() else {
        return Ok(None);
    };
    let ended = sitting.row.submitted_at.ok_or(Error::Stale)?;
    let record = Record::new(rule, sitting.version, attempts(tx, sitting, ended).await?);
    let outcome = record.decision().outcome;
    let about = About::Assessment(sitting.row.assessment_id);
    let id = keep(
        ctx,
        tx,
        sitting.row.person_id,
        about,
        Some(sitting.row.id),
        &record,
    )
    .await?;
    Ok(Some((id, outcome)))
}

/// Whether an attempt at a gate has nothing more to decide, after the answers
/// that stand so far.
pub(crate) async fn is_gate_over(ctx: &Ctx, tx: &TenantTx, sitting: &Sitting) -> Result<bool> {
    let Some(rule) = &sitting.assessment.pass_rule else {
        return Ok(false);
    };
    let so_far = attempts(tx, sitting, ctx.now()).await?;
    Ok(decide(rule, &so_far).is_over(whole(sitting.row.id)))
}

/// Whether the newest decision says that the person has passed the assessment.
pub(crate) async fn is_passed(tx: &TenantTx, person: PersonId, assessment: AssessmentId) -> Result<bool> {
    let newest = tx
        .rows::<decision::Entity>()
        .filter(decision::Column::PersonId.eq(person))
        .filter(decision::Column::AssessmentId.eq(assessment))
        .desc(decision::Column::At)
        .desc(decision::Column::Id)
        .one()
        .await?;
    Ok(newest.is_some_and(|row| is_mastery(&row.outcome)))
}

/// A decision without its record, which is long.
#[derive(Debug, FromQueryResult)]
struct Made {
    id: DecisionId,
    person_id: PersonId,
    assessment_id: AssessmentId,
    outcome: String,
}

/// The assessments that these people have passed, each with the decision that says
/// so; `of` says which assessments are asked about.
pub(crate) async fn passed(
    tx: &TenantTx,
    people: RangeInclusive<PersonId>,
    of: Condition,
) -> Result<BTreeMap<(PersonId, AssessmentId), DecisionId>> {
    let rows: Vec<Made> = tx
        .rows::<decision::Entity>()
        .filter(decision::Column::PersonId.between(*people.start(), *people.end()))
        .filter(decision::Column::AssessmentId.is_not_null())
        .filter(of)
        .asc(decision::Column::At)
        .asc(decision::Column::Id)
        .columns([
            decision::Column::Id,
            decision::Column::PersonId,
            decision::Column::AssessmentId,
            decision::Column::Outcome,
        ])
        .await?;
    let mut passed = BTreeMap::new();
    // The newest says what holds.
    for row in rows {
        let about = (row.person_id, row.assessment_id);
        if is_mastery(&row.outcome) {
            passed.insert(about, row.id);
        } else {
            passed.remove(&about);
        }
    }
    Ok(passed)
}

fn is_mastery(outcome: &str) -> bool {
    outcome == Outcome::Mastered.as_str()
}

/// An attempt as a whole is evidence for its assessment, and goes by its own id.
fn whole(attempt: AttemptId) -> EvidenceId {
    EvidenceId(attempt.0)
}

/// The person's scored attempts at the assessment, and this one, as evidence;
/// with the marks that assessors gave.
async fn attempts(tx: &TenantTx, sitting: &Sitting, ended: Timestamp) -> Result<Vec<Evidence>> {
    let earlier = tx
        .rows::<attempt::Entity>()
        .filter(attempt::Column::PersonId.eq(sitting.row.person_id))
        .filter(attempt::Column::AssessmentId.eq(sitting.row.assessment_id))
        .filter(attempt::Column::State.eq(AttemptState::Scored.as_str()))
        .filter(attempt::Column::Id.ne(sitting.row.id))
        .all()
        .await?;
    let ids: BTreeSet<AttemptId> = earlier.iter().map(|row| row.id).collect();
    let answers = tx
        .rows::<response::Entity>()
        .filter(response::Column::AttemptId.is_in(ids.iter().copied()))
        .asc(response::Column::Position)
        .all()
        .await?;
    let mut shown = Vec::new();
    for row in &earlier {
        let own: Vec<_> = answers
            .iter()
            .filter(|answer| answer.attempt_id == row.id)
            .collect();
        shown.push(as_evidence(
            row,
            row.submitted_at.unwrap_or(row.started_at),
            &own,
        )?);
    }
    shown.push(as_evidence(
        &sitting.row,
        ended,
        &sitting.responses.iter().collect::<Vec<_>>(),
    )?);
    let marks = tx
        .rows::<evidence::Entity>()
        .filter(evidence::Column::PersonId.eq(sitting.row.person_id))
        .filter(evidence::Column::Kind.eq("rubric-mark"))
        .filter(evidence::Column::SupersededAt.is_null())
        .filter(
            Condition::any()
                .add(evidence::Column::AttemptId.is_in(ids))
                .add(evidence::Column::AttemptId.eq(sitting.row.id)),
        )
        .all()
        .await?;
    for row in &marks {
        shown.push(evidence_of(row)?);
    }
    Ok(shown)
}

/// An attempt with answers and their scores, as they are or as they were.
pub(crate) struct Sat<'a> {
    pub(crate) row: &'a attempt::Model,
    pub(crate) responses: &'a [response::Model],
}

/// What `rule` says of these attempts together, with what assessors said of them.
/// Nothing is stored.
pub(crate) fn outcome_of(rule: &Rule, attempts: &[Sat<'_>], marks: &[evidence::Model]) -> Result<Outcome> {
    let mut shown = Vec::new();
    for sat in attempts {
        let ended = sat.row.submitted_at.unwrap_or(sat.row.started_at);
        shown.push(as_evidence(
            sat.row,
            ended,
            &sat.responses.iter().collect::<Vec<_>>(),
        )?);
    }
    let of_these = |mark: &&evidence::Model| attempts.iter().any(|sat| mark.attempt_id == Some(sat.row.id));
    for mark in marks.iter().filter(of_these) {
        shown.push(evidence_of(mark)?);
    }
    Ok(decide(rule, &shown).outcome)
}

fn as_evidence(row: &attempt::Model, ended: Timestamp, responses: &[&response::Model]) -> Result<Evidence> {
    let mut answers = Vec::new();
    for response in responses {
        answers.extend(answer_of_row(response)?);
    }
    Ok(Evidence {
        id: whole(row.id),
        at: ended,
        observation: Observation::Answers {
            assessment: row.assessment_id,
            attempt: row.id,
            begun: row.started_at,
            answers,
        },
    })
}

fn evidence_of(row: &evidence::Model) -> Result<Evidence> {
    Ok(Evidence {
        id: row.id,
        at: row.at,
        observation: serde_json::from_str(&row.content)?,
    })
}

/// What a decision is about.
#[derive(Debug, Clone, Copy)]
enum About {
    Competency(CompetencyId),
    Assessment(AssessmentId),
}

async fn keep(
    ctx: &Ctx,
    tx: &TenantTx,
    person: PersonId,
    about: About,
    attempt: Option<AttemptId>,
    record: &Record,
) -> Result<DecisionId> {
    let id = ctx.new_id();
    let (competency_id, assessment_id) = match about {
        About::Competency(id) => (Some(id), None),
        About::Assessment(id) => (None, Some(id)),
    };
    tx.insert::<decision::Entity>(decision::Model {
        tenant_id: ctx.tenant(),
        id,
        person_id: person,
        competency_id,
        assessment_id,
        attempt_id: attempt,
        outcome: record.decision().outcome.to_string(),
        record: record.canonical()?,
        at: ctx.now(),
    })
    .await?;
    Ok(id)
}

/// Makes a decision the one that stands.
async fn stand(
    ctx: &Ctx,
    tx: &TenantTx,
    person: PersonId,
    competency: CompetencyId,
    outcome: Outcome,
    decision: DecisionId,
) -> Result<()> {
    let before = tx
        .rows::<mastery::Entity>()
        .filter(mastery::Column::PersonId.eq(person))
        .filter(mastery::Column::CompetencyId.eq(competency))
        .one()
        .await?;
    let since = before
        .filter(|before| before.outcome == outcome.as_str())
        .map_or(ctx.now(), |before| before.since);
    let row = mastery::Model {
        tenant_id: ctx.tenant(),
        person_id: person,
        competency_id: competency,
        outcome: outcome.to_string(),
        decision_id: decision,
        since,
    };
    let key = [
        mastery::Column::TenantId,
        mastery::Column::PersonId,
        mastery::Column::CompetencyId,
    ];
    let values = [
        mastery::Column::Outcome,
        mastery::Column::DecisionId,
        mastery::Column::Since,
    ];
    Ok(tx.upsert::<mastery::Entity>(row, key, values).await?)
}
