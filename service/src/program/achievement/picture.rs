//! A badge's own picture, instead of the one that is drawn.

use domain::{
    id::{AchievementId, FileId},
    tenancy::Permission,
};
use entity::program::achievement;
use sea_orm::ColumnTrait;
use serde_json::json;

use crate::{
    Ctx, Result, audit, draft,
    files::{Emblem, upload_emblem},
};

/// The own picture of an achievement's draft; without one it is drawn in the
/// tenant's colour.
pub async fn picture(ctx: &Ctx, id: AchievementId) -> Result<Option<FileId>> {
    ctx.require(Permission::DefineAchievements)?;
    let tx = ctx.read().await?;
    Ok(draft::row::<achievement::Entity>(&tx, id).await?.image_file)
}

/// Gives the draft of an achievement its own picture, stored under `file`; sent
/// twice, it is one. Badges show it once it is published. For what is wrong with
/// `bytes` see [`upload_emblem`].
pub async fn set_picture(ctx: &Ctx, id: AchievementId, file: FileId, bytes: Vec<u8>) -> Result<()> {
    ctx.require(Permission::DefineAchievements)?;
    picture(ctx, id).await?;
    let file = upload_emblem(ctx, Emblem::Badge, file, bytes).await?;
    change(ctx, id, Some(file)).await
}

/// Lets the draft of an achievement be drawn again.
pub async fn remove_picture(ctx: &Ctx, id: AchievementId) -> Result<()> {
    ctx.require(Permission::DefineAchievements)?;
    change(ctx, id, None).await
}

async fn change(ctx: &Ctx, id: AchievementId, file: Option<FileId>) -> Result<()> {
    let tx = ctx.write().await?;
    let row = draft::held::<achievement::Entity>(&tx, id).await?;
    if row.image_file == file {
        return Ok(());
    }
    // The picture is no part of the form: whoever is typing there goes on.
    tx.change::<achievement::Entity>()
        .filter(achievement::Column::Id.eq(id))
        .set(achievement::Column::ImageFile, file)
        .set(achievement::Column::UpdatedAt, ctx.now())
        .apply()
        .await?;
    let subject = format!("achievement:{id}");
    audit::note(&tx, ctx, "achievement-picture", subject, json!({ "file": file })).await?;
    tx.commit().await?;
    Ok(())
}
