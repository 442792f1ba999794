use domain::{id::AssessmentId, tenancy::Permission};
use entity::assessment::assessment;

use crate::{Ctx, Result, draft};

/// Puts an assessment away: no attempt can be started any more. Those under way
/// go on.
pub async fn archive(ctx: &Ctx, id: AssessmentId) -> Result<()> {
    set(ctx, id, true, "assessment-archived").await
}

/// Takes an assessment out again.
pub async fn restore(ctx: &Ctx, id: AssessmentId) -> Result<()> {
    set(ctx, id, false, "assessment-restored").await
}

async fn set(ctx: &Ctx, id: AssessmentId, archived: bool, action: &str) -> Result<()> {
    ctx.require(Permission::Author)?;
    let tx = ctx.write().await?;
    draft::set_withdrawn::<assessment::Entity>(ctx, &tx, id, archived, action).await?;
    tx.commit().await?;
    Ok(())
}
