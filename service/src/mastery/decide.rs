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

/// Decides whether the person masters a competency, by its rule as it is now, from all
/// evidence there is, and keeps the record.
pub(crate) async fn decide_competency(
    ctx: &Ctx,
    tx: &TenantTx,
    person: PersonId,
    competency: CompetencyId,
    attempt: Option<AttemptId>,
) -> Result<DecisionId> {
    let by = rule_now(tx, competency).await?;
    decide_by(ctx, tx, person, competency, attempt, by).await
}

/// Decides it anew from what the evidence is worth now, by the very rule that the
/// decision that stands was made by; where none stands, by the rule as it is now.
pub(crate) async fn decide_competency_anew(
    ctx: &Ctx,
    tx: &TenantTx,
    person: PersonId,
    competency: CompetencyId,
    attempt: Option<AttemptId>,
) -> Result<DecisionId> {
    let by = match rule_that_stands(tx, person, competency).await? {
        Some(by) => by,
        None => rule_now(tx, competency).await?,
    };
    decide_by(ctx, tx, person, competency, attempt, by).await
}

/// A rule, and its version.
type Versioned = (Rule, u32);

async fn rule_now(tx: &TenantTx, competency: CompetencyId) -> Result<Versioned> {
    let row = tx
        .rows::<competency::Entity>()
        .filter(competency::Column::Id.eq(competency))
        .one()
        .await?
        .ok_or(Error::NotFound)?;
    let version = u32::try_from(row.rule_version).unwrap_or(u32::MAX);
    Ok((serde_json::from_str(&row.rule)?, version))
}

async fn rule_that_stands(
    tx: &TenantTx,
    person: PersonId,
    competency: CompetencyId,
) -> Result<Option<Versioned>> {
    let standing = tx
        .rows::<mastery::Entity>()
        .filter(mastery::Column::PersonId.eq(person))
        .filter(mastery::Column::CompetencyId.eq(competency))
        .one()
        .await?;
    let Some(standing) = standing else {
        return Ok(None);
    };
    let made = tx
        .rows::<decision::Entity>()
        .filter(decision::Column::Id.eq(standing.decision_id))
        .one()
        .await?;
    let Some(made) = made else {
        return Ok(None);
    };
    let record = Record::parse(&made.record)?;
    Ok(Some((record.rule().clone(), record.rule_version())))
}

async fn decide_by(
    ctx: &Ctx,
    tx: &TenantTx,
    person: PersonId,
    competency: CompetencyId,
    attempt: Option<AttemptId>,
    (rule, version): Versioned,
) -> Result<DecisionId> {
    let shown = tx
        .rows::<evidence::Entity>()
        .filter(evidence::Column::PersonId.eq(person))
        .filter(evidence::Column::CompetencyId.eq(competency))
        .filter(evidence::Column::SupersededAt.is_null())
        .all()
        .await?;
    let shown = shown.iter().map(evidence_of).collect::<Result<_>>()?;
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
    let mut shown = answered(tx, &earlier).await?;
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

/// Of a person's attempts at an assessment, those that take no try of its rule, through
/// what was put right since.
pub(crate) async fn spared(
    tx: &TenantTx,
    rule: Option<&Rule>,
    attempts: &[attempt::Model],
) -> Result<BTreeSet<AttemptId>> {
    let Some(rule) = rule else {
        return Ok(BTreeSet::new());
    };
    let is_scored = |row: &&attempt::Model| row.state == AttemptState::Scored.as_str();
    let scored: Vec<_> = attempts.iter().filter(is_scored).cloned().collect();
    let spared = domain::mastery::spared(rule, &answered(tx, &scored).await?);
    let ids = scored.iter().map(|row| row.id);
    Ok(ids.filter(|id| spared.contains(&whole(*id))).collect())
}

/// Attempts that have ended, as evidence.
async fn answered(tx: &TenantTx, attempts: &[attempt::Model]) -> Result<Vec<Evidence>> {
    if attempts.is_empty() {
        return Ok(Vec::new());
    }
    let answers = tx
        .rows::<response::Entity>()
        .filter(response::Column::AttemptId.is_in(attempts.iter().map(|row| row.id)))
        .asc(response::Column::Position)
        .all()
        .await?;
    attempts
        .iter()
        .map(|row| {
            let own = answers.iter().filter(|answer| answer.attempt_id == row.id);
            let ended = row.submitted_at.unwrap_or(row.started_at);
            as_evidence(row, ended, &own.collect::<Vec<_>>())
        })
        .collect()
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
