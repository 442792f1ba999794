//! What a person has in a tenant, and by what.

use std::{
    collections::{BTreeMap, BTreeSet},
    ops::RangeInclusive,
};

use domain::{
    id::{AchievementId, AchievementVersionId, AssessmentId, AwardId, CompetencyId, DecisionId, PersonId},
    mastery::Outcome,
    program::{Achievement, Holdings, Requirement},
};
use entity::{
    TenantTx,
    credential::credential,
    mastery::{decision, mastery},
    program::{achievement_version, award},
};
use sea_orm::{ColumnTrait, Condition, FromQueryResult};
use serde::{Deserialize, Serialize};

use crate::{Ctx, Result, mastery as decisions};

/// What stands behind a requirement that is met.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Proof {
    /// The decision that says so.
    Decision(DecisionId),
    /// The badge that is held.
    Award(AwardId),
}

/// Everything that criteria can ask for and this person has: competencies
/// mastered, assessments passed, badges held (not withdrawn, revoked or expired).
pub(crate) async fn holdings(
    ctx: &Ctx,
    tx: &TenantTx,
    person: PersonId,
) -> Result<BTreeMap<Requirement, Proof>> {
    let mut held = BTreeMap::new();
    let mastered = tx
        .rows::<mastery::Entity>()
        .filter(mastery::Column::PersonId.eq(person))
        .filter(mastery::Column::Outcome.eq(Outcome::Mastered.as_str()))
        .all()
        .await?;
    for row in mastered {
        held.insert(
            Requirement::Competency(row.competency_id),
            Proof::Decision(row.decision_id),
        );
    }
    for (assessment, decision) in decisions::passed(tx, person).await? {
        held.insert(Requirement::Assessment(assessment), Proof::Decision(decision));
    }
    for (achievement, award) in badges(ctx, tx, person).await? {
        held.insert(Requirement::Badge(achievement), Proof::Award(award));
    }
    Ok(held)
}

async fn badges(ctx: &Ctx, tx: &TenantTx, person: PersonId) -> Result<BTreeMap<AchievementId, AwardId>> {
    let awards = tx
        .rows::<award::Entity>()
        .filter(award::Column::PersonId.eq(person))
        .filter(award::Column::WithdrawnAt.is_null())
        .all()
        .await?;
    let credentials = tx
        .rows::<credential::Entity>()
        .filter(credential::Column::PersonId.eq(person))
        .all()
        .await?;
    let is_void = |award: AwardId| {
        credentials.iter().any(|row| {
            row.award_id == award
                && (row.revoked_at.is_some() || row.valid_until.is_some_and(|end| end <= ctx.now()))
        })
    };
    let standing = awards.into_iter().filter(|row| !is_void(row.id));
    Ok(standing.map(|row| (row.achievement_id, row.id)).collect())
}

#[derive(FromQueryResult)]
struct Mastered {
    person_id: PersonId,
    competency_id: CompetencyId,
}

#[derive(FromQueryResult)]
struct Decided {
    person_id: PersonId,
    assessment_id: AssessmentId,
    outcome: String,
}

#[derive(FromQueryResult)]
struct Held {
    person_id: PersonId,
    id: AwardId,
    achievement_id: AchievementId,
}

#[derive(FromQueryResult)]
struct Void {
    award_id: AwardId,
}

/// [`holdings`] of all people whose ids are in that range, without what stands
/// behind them. Who has nothing is left out.
pub(crate) async fn holdings_between(
    ctx: &Ctx,
    tx: &TenantTx,
    people: RangeInclusive<PersonId>,
) -> Result<BTreeMap<PersonId, Holdings>> {
    let (first, last) = people.into_inner();
    let mut held: BTreeMap<PersonId, Holdings> = BTreeMap::new();
    let mastered: Vec<Mastered> = tx
        .rows::<mastery::Entity>()
        .filter(mastery::Column::PersonId.between(first, last))
        .filter(mastery::Column::Outcome.eq(Outcome::Mastered.as_str()))
        .columns([mastery::Column::PersonId, mastery::Column::CompetencyId])
        .await?;
    for row in mastered {
        let requirement = Requirement::Competency(row.competency_id);
        held.entry(row.person_id).or_default().insert(requirement);
    }
    let decided: Vec<Decided> = tx
        .rows::<decision::Entity>()
        .filter(decision::Column::PersonId.between(first, last))
        .filter(decision::Column::AssessmentId.is_not_null())
        .asc(decision::Column::At)
        .asc(decision::Column::Id)
        .columns([
            decision::Column::PersonId,
            decision::Column::AssessmentId,
            decision::Column::Outcome,
        ])
        .await?;
    for row in decided {
        let requirement = Requirement::Assessment(row.assessment_id);
        let held = held.entry(row.person_id).or_default();
        // The newest decision says what holds.
        if row.outcome == Outcome::Mastered.as_str() {
            held.insert(requirement);
        } else {
            held.remove(&requirement);
        }
    }
    let void: BTreeSet<AwardId> = tx
        .rows::<credential::Entity>()
        .filter(credential::Column::PersonId.between(first, last))
        .filter(
            Condition::any()
                .add(credential::Column::RevokedAt.is_not_null())
                .add(credential::Column::ValidUntil.lte(ctx.now())),
        )
        .columns::<Void>([credential::Column::AwardId])
        .await?
        .into_iter()
        .map(|row| row.award_id)
        .collect();
    let awards: Vec<Held> = tx
        .rows::<award::Entity>()
        .filter(award::Column::PersonId.between(first, last))
        .filter(award::Column::WithdrawnAt.is_null())
        .columns([
            award::Column::PersonId,
            award::Column::Id,
            award::Column::AchievementId,
        ])
        .await?;
    for row in awards.into_iter().filter(|row| !void.contains(&row.id)) {
        let requirement = Requirement::Badge(row.achievement_id);
        held.entry(row.person_id).or_default().insert(requirement);
    }
    Ok(held)
}

/// The definitions of the badges that a person holds, each in the version that
/// they earned.
pub(crate) async fn definitions_held(
    tx: &TenantTx,
    person: PersonId,
) -> Result<Vec<(AchievementId, Achievement)>> {
    let held = tx
        .rows::<award::Entity>()
        .filter(award::Column::PersonId.eq(person))
        .filter(award::Column::WithdrawnAt.is_null())
        .all()
        .await?;
    definitions(tx, held.iter().map(|award| award.achievement_version_id)).await
}

/// These versions of badges, by badge.
pub(super) async fn definitions<C: FromIterator<(AchievementId, Achievement)>>(
    tx: &TenantTx,
    versions: impl IntoIterator<Item = AchievementVersionId>,
) -> Result<C> {
    tx.rows::<achievement_version::Entity>()
        .filter(achievement_version::Column::Id.is_in(versions))
        .all()
        .await?
        .into_iter()
        .map(|version| Ok((version.achievement_id, serde_json::from_str(&version.content)?)))
        .collect()
}
