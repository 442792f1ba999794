use domain::{
    id::{AchievementId, AchievementVersionId},
    tenancy::Permission,
};
use entity::program::achievement;

use super::{Content, references::resolved};
use crate::{Ctx, Result, draft};

/// An achievement as its authors see it.
pub type Draft = draft::Draft<AchievementId, AchievementVersionId, Content>;

/// An achievement with its draft, for those who define them.
pub async fn load(ctx: &Ctx, id: AchievementId) -> Result<Draft> {
    ctx.require(Permission::DefineAchievements)?;
    let tx = ctx.read().await?;
    let row = draft::row::<achievement::Entity>(&tx, id).await?;
    let content: Content = serde_json::from_str(&row.draft)?;
    // What is published holds the competencies in the words that they had then.
    let now = serde_json::to_string(&resolved(&tx, ctx, &content).await?)?;
    draft::seen::<achievement::Entity, _>(&tx, &row, content, |version| {
        version.image_file != row.image_file || version.content != now
    })
    .await
}
