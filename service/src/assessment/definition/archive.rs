use domain::{assessment::Assessment, id::AssessmentId, tenancy::Permission};
use entity::assessment::assessment;

use super::pool::shortages;
use crate::{Ctx, Result, draft};

/// Puts an assessment away: no attempt can be started any more. Those under way
/// go on.
pub async fn archive(ctx: &Ctx, id: AssessmentId) -> Result<()> {
    ctx.require(Permission::Author)?;
    let tx = ctx.write().await?;
    draft::set_withdrawn::<assessment::Entity>(ctx, &tx, id, true, "assessment-archived").await?;
    tx.commit().await?;
    Ok(())
}

/// Takes an assessment out again. Meanwhile its items may have been retired, or
/// become practice: what would keep its version in force from being published
/// now keeps it away, as [`publish`](super::publish()) says it.
pub async fn restore(ctx: &Ctx, id: AssessmentId) -> Result<()> {
    ctx.require(Permission::Author)?;
    let tx = ctx.write().await?;
    let row = draft::held::<assessment::Entity>(&tx, id).await?;
    if let Some(version) = draft::in_force::<assessment::Entity>(&tx, &row).await? {
        let content: Assessment = serde_json::from_str(&version.content)?;
        shortages(&tx, &content).await?.check()?;
    }
    draft::set_withdrawn::<assessment::Entity>(ctx, &tx, id, false, "assessment-restored").await?;
    tx.commit().await?;
    Ok(())
}
