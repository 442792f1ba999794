use domain::{id::CourseId, tenancy::Permission};
use entity::course::course;

use crate::{Ctx, Result, draft};

/// Puts a course away: nobody new can begin it, and those who have go on.
pub async fn archive(ctx: &Ctx, id: CourseId) -> Result<()> {
    set(ctx, id, true, "course-archived").await
}

/// Takes a course out again.
pub async fn restore(ctx: &Ctx, id: CourseId) -> Result<()> {
    set(ctx, id, false, "course-restored").await
}

async fn set(ctx: &Ctx, id: CourseId, archived: bool, action: &str) -> Result<()> {
    ctx.require(Permission::Author)?;
    let tx = ctx.write().await?;
    draft::set_withdrawn::<course::Entity>(ctx, &tx, id, archived, action).await?;
    tx.commit().await?;
    Ok(())
}
