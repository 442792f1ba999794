//! Badges whose ground is gone.

use std::collections::BTreeMap;

use domain::{
    id::{AchievementId, AwardId, PersonId},
    program::{Achievement, Requirement, earned},
};
use entity::{
    TenantTx,
    program::{achievement_version, award},
};
use sea_orm::ColumnTrait;

use super::{Proof, holdings::holdings};
use crate::{Ctx, Result};

/// The badges that the person holds and would not earn with what they have now, by
/// the very version that they were given. What stacks on one of them is not named:
/// that badge is still held.
pub(crate) async fn groundless(
    ctx: &Ctx,
    tx: &TenantTx,
    person: PersonId,
) -> Result<BTreeMap<AwardId, AchievementId>> {
    let has = holdings(ctx, tx, person).await?;
    let awards = has
        .iter()
        .filter_map(|(requirement, proof)| match (requirement, proof) {
            (Requirement::Badge(_), Proof::Award(award)) => Some(*award),
            _ => None,
        });
    let awards: Vec<AwardId> = awards.collect();
    if awards.is_empty() {
        return Ok(BTreeMap::new());
    }
    let rows = tx
        .rows::<award::Entity>()
        .filter(award::Column::Id.is_in(awards))
        .all()
        .await?;
    let versions = tx
        .rows::<achievement_version::Entity>()
        .filter(achievement_version::Column::Id.is_in(rows.iter().map(|row| row.achievement_version_id)))
        .all()
        .await?;
    let has = has.keys().copied().collect();
    let mut groundless = BTreeMap::new();
    for row in rows {
        let Some(version) = versions.iter().find(|it| it.id == row.achievement_version_id) else {
            continue;
        };
        let definition: Achievement = serde_json::from_str(&version.content)?;
        if !earned(&definition.criteria, &has).earned {
            groundless.insert(row.id, row.achievement_id);
        }
    }
    Ok(groundless)
}
