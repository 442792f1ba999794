//! Giving out what was earned.

use std::collections::BTreeMap;

use domain::{
    id::{AchievementId, AchievementVersionId, AwardId, PersonId},
    program::{Achievement, Definition, Requirement, newly_earned},
};
use entity::{
    TenantTx,
    program::{achievement, achievement_version, award},
};
use sea_orm::ColumnTrait;
use serde::{Deserialize, Serialize};

use super::holdings::{Proof, holdings, in_doubt};
use crate::{
    Ctx, Result,
    job::{self, Job},
    tenancy,
};

/// Why an award was given: each requirement on the way to it, and what stands
/// behind it. Stored with the award.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Grounds {
    /// What was asked for.
    pub requirement: Requirement,
    /// What showed it.
    pub proof: Proof,
}

/// A definition in force.
struct InForce {
    version: achievement_version::Model,
    achievement: Achievement,
}

/// Gives the person every badge that they have earned and do not hold, with
/// what follows from it, and queues the signing of each. The caller holds the
/// person ([`tenancy::hold_member`]).
///
/// An award is unique by person and version in the schema; one that was
/// withdrawn is not given again by the same version.
pub(crate) async fn evaluate(ctx: &Ctx, tx: &TenantTx, person: PersonId) -> Result<Vec<AwardId>> {
    let mut in_force = in_force(tx, person).await?;
    if in_force.is_empty() {
        return Ok(Vec::new());
    }
    let mut held = holdings(ctx, tx, person).await?;
    // A badge in doubt carries nothing new; nor is it given once more, by a newer
    // version of its definition.
    let doubts = in_doubt(tx, person).await?;
    held.retain(|requirement, proof| {
        let stands = !matches!(proof, Proof::Award(award) if doubts.contains(award));
        if let (false, Requirement::Badge(id)) = (stands, requirement) {
            in_force.remove(id);
        }
        stands
    });
    let definitions: Vec<Definition<'_>> = in_force
        .iter()
        .map(|(id, definition)| Definition {
            id: *id,
            criteria: &definition.achievement.criteria,
        })
        .collect();
    let mut given = Vec::new();
    for earned in newly_earned(&definitions, &held.keys().copied().collect()) {
        let because = earned.evaluation.because.iter().map(|requirement| {
            let proof = held.get(requirement).copied();
            proof.map(|proof| Grounds {
                requirement: *requirement,
                proof,
            })
        });
        // It stacks on a badge that could not be given.
        let Some(because) = because.collect::<Option<Vec<Grounds>>>() else {
            continue;
        };
        let version = in_force[&earned.id].version.id;
        if let Some(award) = give(ctx, tx, person, (earned.id, version), &because).await? {
            held.insert(Requirement::Badge(earned.id), Proof::Award(award));
            given.push(award);
        }
    }
    Ok(given)
}

/// Gives one award and queues its signing. None if this version was given
/// before, and has run out since.
async fn give(
    ctx: &Ctx,
    tx: &TenantTx,
    person: PersonId,
    (achievement, version): (AchievementId, AchievementVersionId),
    because: &[Grounds],
) -> Result<Option<AwardId>> {
    let (tenant, award) = (ctx.tenant(), ctx.new_id());
    let row = award::Model {
        tenant_id: tenant,
        id: award,
        person_id: person,
        achievement_id: achievement,
        achievement_version_id: version,
        because: serde_json::to_string(because)?,
        awarded_at: ctx.now(),
        withdrawn_at: None,
    };
    let key = [
        award::Column::TenantId,
        award::Column::PersonId,
        award::Column::AchievementId,
        award::Column::AchievementVersionId,
    ];
    if !tx.insert_new::<award::Entity>(row, key).await? {
        return Ok(None);
    }
    let sign = Job::IssueCredential { tenant, award };
    job::now(tx.unowned(), ctx.installation(), &sign).await?;
    Ok(Some(award))
}

/// [`evaluate`] on its own, for when definitions change or a badge falls.
pub async fn evaluate_all(ctx: &Ctx, person: PersonId) -> Result<Vec<AwardId>> {
    let tx = ctx.write().await?;
    tenancy::hold_member(&tx, person).await?;
    let given = evaluate(ctx, &tx, person).await?;
    tx.commit().await?;
    Ok(given)
}

/// The published definitions, without those whose award in this very version
/// the person had and lost.
async fn in_force(tx: &TenantTx, person: PersonId) -> Result<BTreeMap<AchievementId, InForce>> {
    let published = tx
        .rows::<achievement::Entity>()
        .filter(achievement::Column::ArchivedAt.is_null())
        .filter(achievement::Column::PublishedVersionId.is_not_null())
        .all()
        .await?;
    let versions: Vec<_> = published
        .iter()
        .filter_map(|row| row.published_version_id)
        .collect();
    let lost: Vec<_> = tx
        .rows::<award::Entity>()
        .filter(award::Column::PersonId.eq(person))
        .filter(award::Column::WithdrawnAt.is_not_null())
        .all()
        .await?
        .into_iter()
        .map(|row| row.achievement_version_id)
        .collect();
    let rows = tx
        .rows::<achievement_version::Entity>()
        .filter(achievement_version::Column::Id.is_in(versions))
        .all()
        .await?;
    rows.into_iter()
        .filter(|version| !lost.contains(&version.id))
        .map(|version| {
            let achievement = serde_json::from_str(&version.content)?;
            Ok((version.achievement_id, InForce { version, achievement }))
        })
        .collect()
}
