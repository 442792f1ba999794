use domain::{Timestamp, id::CourseId, tenancy::Permission};
use entity::course::course;
use sea_orm::ColumnTrait;
use serde_json::json;

use super::draft::subject;
use crate::{Ctx, Error, Result, audit};

/// Puts a course away: nobody new can begin it, and those who have go on.
pub async fn archive(ctx: &Ctx, id: CourseId) -> Result<()> {
    put(ctx, id, Some(ctx.now()), "course-archived").await
}

/// Takes a course out again.
pub async fn restore(ctx: &Ctx, id: CourseId) -> Result<()> {
    put(ctx, id, None, "course-restored").await
}

async fn put(ctx: &Ctx, id: CourseId, at: Option<Timestamp>, action: &str) -> Result<()> {
    ctx.require(Permission::Author)?;
    let tx = ctx.write().await?;
    let changed = tx
        .change::<course::Entity>()
        .filter(course::Column::Id.eq(id))
        .set(course::Column::ArchivedAt, at)
        .apply()
        .await?;
    if changed == 0 {
        return Err(Error::NotFound);
    }
    audit::note(&tx, ctx, action, subject(id), json!({})).await?;
    tx.commit().await?;
    Ok(())
}
