use domain::{
    assessment::Item,
    id::{ItemId, ItemVersionId},
    tenancy::Permission,
};
use entity::assessment::{item, item_version};
use sea_orm::ColumnTrait;
use serde_json::json;

use super::{load::in_force, locked};
use crate::{Ctx, Error, Result, assessment::problems::blocking, audit};

/// Publishes the draft of `revision` as a version that never changes, and says
/// which. A draft that is in force already stays as it is.
///
/// What [`Item::check`] finds wrong comes back as [`Error::Invalid`], each
/// problem at its path in the item's JSON.
pub async fn publish(ctx: &Ctx, id: ItemId, revision: i64) -> Result<ItemVersionId> {
    ctx.require(Permission::Author)?;
    let publisher = ctx.person()?;
    let tx = ctx.write().await?;
    let row = locked(&tx, id).await?;
    if row.draft_revision != revision {
        return Err(Error::Stale);
    }
    blocking(serde_json::from_str::<Item>(&row.draft)?.check()).check()?;
    let before = match row.published_version_id {
        Some(version) => in_force(&tx, version).await?,
        None => None,
    };
    if let Some(before) = before.as_ref().filter(|before| before.content == row.draft) {
        return Ok(before.id);
    }
    let version = item_version::Model {
        tenant_id: ctx.tenant(),
        id: ctx.new_id(),
        item_id: id,
        number: before.map_or(0, |before| before.number) + 1,
        content: row.draft,
        published_by: publisher,
        published_at: ctx.now(),
    };
    let (version_id, number) = (version.id, version.number);
    tx.insert::<item_version::Entity>(version).await?;
    tx.change::<item::Entity>()
        .filter(item::Column::Id.eq(id))
        .set(item::Column::PublishedVersionId, version_id)
        .apply()
        .await?;
    let detail = json!({ "version": number });
    audit::note(&tx, ctx, "item-published", format!("item:{id}"), detail).await?;
    tx.commit().await?;
    Ok(version_id)
}
