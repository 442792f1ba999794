use domain::{
    assessment::Purpose,
    id::{ItemId, ItemVersionId},
    tenancy::Permission,
};
use entity::assessment::item;

use super::{Content, tags::tags_of};
use crate::{Ctx, Result, draft};

/// An item as its authors see it.
pub type Draft = draft::Draft<ItemId, ItemVersionId, Content>;

/// An item with its draft, for those who write or see drafts.
pub async fn load(ctx: &Ctx, id: ItemId) -> Result<Draft> {
    ctx.require(Permission::ViewDrafts)?;
    let tx = ctx.read().await?;
    let row = draft::row::<item::Entity>(&tx, id).await?;
    let content = Content {
        competency: row.competency_id,
        purpose: row.purpose.parse().unwrap_or(Purpose::Practice),
        difficulty: row.difficulty,
        tags: tags_of(&tx, [id]).await?.remove(&id).unwrap_or_default(),
        item: serde_json::from_str(&row.draft)?,
    };
    draft::seen::<item::Entity, _>(&tx, &row, content, |version| {
        version.content != row.draft
            || row.drawn_competency_id != Some(row.competency_id)
            || row.drawn_purpose.as_deref() != Some(row.purpose.as_str())
            || row.drawn_difficulty != Some(row.difficulty)
    })
    .await
}
