use domain::{Timestamp, id::AssessmentId, tenancy::Permission};
use entity::assessment::assessment;
use sea_orm::ColumnTrait;
use serde_json::json;

use super::locked;
use crate::{Ctx, Result, audit};

/// Puts an assessment away: no attempt can be started any more. Those under way
/// go on.
pub async fn archive(ctx: &Ctx, id: AssessmentId) -> Result<()> {
    set(ctx, id, Some(ctx.now()), "assessment-archived").await
}

/// Takes an assessment out again.
pub async fn restore(ctx: &Ctx, id: AssessmentId) -> Result<()> {
    set(ctx, id, None, "assessment-restored").await
}

async fn set(ctx: &Ctx, id: AssessmentId, archived_at: Option<Timestamp>, action: &str) -> Result<()> {
    ctx.require(Permission::Author)?;
    let tx = ctx.write().await?;
    let row = locked(&tx, id).await?;
    if row.archived_at.is_some() == archived_at.is_some() {
        return Ok(());
    }
    tx.change::<assessment::Entity>()
        .filter(assessment::Column::Id.eq(id))
        .set(assessment::Column::ArchivedAt, archived_at)
        .set(assessment::Column::UpdatedAt, ctx.now())
        .apply()
        .await?;
    audit::note(&tx, ctx, action, format!("assessment:{id}"), json!({})).await?;
    tx.commit().await?;
    Ok(())
}
