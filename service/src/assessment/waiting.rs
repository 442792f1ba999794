//! What every list of waiting work says: of which assessment, and whether the actor's own.

use std::collections::{BTreeMap, BTreeSet};

use domain::id::{AssessmentId, AttemptId};
use entity::{
    TenantTx,
    assessment::{assessment, attempt},
};
use sea_orm::ColumnTrait;

use crate::{Ctx, Result};

/// What these assessments are called.
pub(super) async fn titles(
    tx: &TenantTx,
    ids: impl Iterator<Item = AssessmentId> + Send,
) -> Result<BTreeMap<AssessmentId, String>> {
    let rows = tx
        .rows::<assessment::Entity>()
        .filter(assessment::Column::Id.is_in(ids))
        .all()
        .await?;
    Ok(rows.into_iter().map(|row| (row.id, row.title)).collect())
}

/// Which of these attempts are the actor's own.
pub(super) async fn own(
    ctx: &Ctx,
    tx: &TenantTx,
    ids: impl Iterator<Item = AttemptId> + Send,
) -> Result<BTreeSet<AttemptId>> {
    let rows = tx
        .rows::<attempt::Entity>()
        .filter(attempt::Column::Id.is_in(ids))
        .filter(attempt::Column::PersonId.is_in(ctx.actor().person))
        .all()
        .await?;
    Ok(rows.into_iter().map(|row| row.id).collect())
}
