use domain::{
    assessment::{Interaction, Item, Purpose},
    id::{ItemId, ItemVersionId},
    tenancy::Permission,
};
use entity::assessment::{item, item_version};
use sea_orm::ColumnTrait;
use serde_json::json;

use super::{purpose::may_become, review::may_be_published};
use crate::{Ctx, Error, Result, assessment::problems::blocking, draft};

/// Publishes the draft of `revision` as a version that never changes, and says
/// which. A draft that is in force already stays as it is.
///
/// What [`Item::check`] finds wrong comes back as [`Error::Invalid`], each
/// problem at its path in the item's JSON. Where the tenant has items approved first,
/// one that is not is refused at the field `comment`.
pub async fn publish(ctx: &Ctx, id: ItemId, revision: i64) -> Result<ItemVersionId> {
    ctx.require(Permission::Author)?;
    let publisher = ctx.person()?;
    // Twenty variants of a template take their time: nobody else waits for that.
    let checked = ctx
        .read()
        .await?
        .rows::<item::Entity>()
        .filter(item::Column::Id.eq(id))
        .one()
        .await?
        .ok_or(Error::NotFound)?;
    let checked = checked.draft;
    let item: Item = serde_json::from_str(&checked)?;
    let asks_for_files = item.interactions().any(|it| matches!(it, Interaction::Upload(_)));
    let problems = blocking(item.check());
    let tx = ctx.write().await?;
    let row = draft::held_at::<item::Entity>(&tx, id, revision).await?;
    if row.draft != checked {
        return Err(Error::Stale);
    }
    let purpose: Purpose = row.purpose.parse().map_err(|_| Error::NotFound)?;
    // An assessment may have come to ask it since the draft was saved.
    may_become(&tx, &row, purpose).await?;
    // Nobody marks what is practised.
    if purpose == Purpose::Practice && asks_for_files {
        return Err(Error::field("purpose", "item-upload-practice"));
    }
    problems.check()?;
    may_be_published(&tx, &row).await?;
    let before = draft::in_force::<item::Entity>(&tx, &row).await?;
    // From now on it is drawn as it says, and not before.
    let drawn = tx
        .change::<item::Entity>()
        .filter(item::Column::Id.eq(id))
        .set(item::Column::DrawnCompetencyId, row.competency_id)
        .set(item::Column::DrawnKind, row.kind)
        .set(item::Column::DrawnPurpose, row.purpose)
        .set(item::Column::DrawnDifficulty, row.difficulty);
    drawn.apply().await?;
    let version = match before {
        Some(before) if before.content == row.draft => before.id,
        before => {
            let version = item_version::Model {
                tenant_id: ctx.tenant(),
                id: ctx.new_id(),
                item_id: id,
                number: before.map_or(0, |before| before.number) + 1,
                content: row.draft,
                published_by: publisher,
                published_at: ctx.now(),
            };
            draft::put_in_force::<item::Entity>(ctx, &tx, id, version, json!({})).await?
        }
    };
    tx.commit().await?;
    Ok(version)
}
