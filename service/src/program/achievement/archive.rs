use domain::{Timestamp, id::AchievementId, tenancy::Permission};
use entity::program::achievement;
use sea_orm::ColumnTrait;
use serde_json::json;

use super::{locked, reach::look_again};
use crate::{Ctx, Result, audit};

/// Puts an achievement away: nobody earns it any more. Badges that were awarded
/// stay valid, and their page stays where it is.
pub async fn archive(ctx: &Ctx, id: AchievementId) -> Result<()> {
    set(ctx, id, Some(ctx.now()), "achievement-archived").await
}

/// Takes an achievement out again. Whoever has earned it in the meantime is
/// looked at by a job.
pub async fn restore(ctx: &Ctx, id: AchievementId) -> Result<()> {
    set(ctx, id, None, "achievement-restored").await
}

async fn set(ctx: &Ctx, id: AchievementId, archived_at: Option<Timestamp>, action: &str) -> Result<()> {
    ctx.require(Permission::DefineAchievements)?;
    let tx = ctx.write().await?;
    let row = locked(&tx, id).await?;
    if row.archived_at.is_some() == archived_at.is_some() {
        return Ok(());
    }
    tx.change::<achievement::Entity>()
        .filter(achievement::Column::Id.eq(id))
        .set(achievement::Column::ArchivedAt, archived_at)
        .set(achievement::Column::UpdatedAt, ctx.now())
        .apply()
        .await?;
    if archived_at.is_none() && row.published_version_id.is_some() {
        look_again(&tx, ctx, id).await?;
    }
    audit::note(&tx, ctx, action, format!("achievement:{id}"), json!({})).await?;
    tx.commit().await?;
    Ok(())
}
