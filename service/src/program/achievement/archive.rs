use domain::{id::AchievementId, tenancy::Permission};
use entity::program::achievement;

use super::reach::look_again;
use crate::{Ctx, Result, draft};

/// Puts an achievement away: nobody earns it any more. Badges that were awarded
/// stay valid, and their page stays where it is.
pub async fn archive(ctx: &Ctx, id: AchievementId) -> Result<()> {
    set(ctx, id, true, "achievement-archived").await
}

/// Takes an achievement out again. Whoever has earned it in the meantime is
/// looked at by a job.
pub async fn restore(ctx: &Ctx, id: AchievementId) -> Result<()> {
    set(ctx, id, false, "achievement-restored").await
}

async fn set(ctx: &Ctx, id: AchievementId, archived: bool, action: &str) -> Result<()> {
    ctx.require(Permission::DefineAchievements)?;
    let tx = ctx.write().await?;
    let changed = draft::set_withdrawn::<achievement::Entity>(ctx, &tx, id, archived, action).await?;
    if changed.is_some_and(|row| !archived && row.published_version_id.is_some()) {
        look_again(&tx, ctx, id).await?;
    }
    tx.commit().await?;
    Ok(())
}
