//! What a person has in a tenant, and by what.

use std::collections::BTreeMap;

use domain::{
    id::{AchievementId, AwardId, DecisionId, PersonId},
    mastery::Outcome,
    program::{Achievement, Requirement},
};
use entity::{
    TenantTx,
    credential::credential,
    mastery::mastery,
    program::{achievement_version, award},
};
use sea_orm::ColumnTrait;
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
    let versions = held.iter().map(|award| award.achievement_version_id);
    tx.rows::<achievement_version::Entity>()
        .filter(achievement_version::Column::Id.is_in(versions))
        .all()
        .await?
        .into_iter()
        .map(|version| Ok((version.achievement_id, serde_json::from_str(&version.content)?)))
        .collect()
}
