use std::collections::{BTreeMap, BTreeSet};

use domain::{assessment::Tag, id::ItemId};
use entity::{TenantTx, assessment::item_tag};
use sea_orm::ColumnTrait;

use crate::Result;

/// Gives an item these tags and no others.
pub(super) async fn tag(tx: &TenantTx, id: ItemId, tags: &BTreeSet<Tag>) -> Result<()> {
    let had = tags_of(tx, [id]).await?.remove(&id).unwrap_or_default();
    let gone: Vec<&str> = had.difference(tags).map(Tag::as_str).collect();
    if !gone.is_empty() {
        tx.remove::<item_tag::Entity>()
            .filter(item_tag::Column::ItemId.eq(id))
            .filter(item_tag::Column::Tag.is_in(gone))
            .apply()
            .await?;
    }
    let new = tags.difference(&had).map(|tag| item_tag::Model {
        tenant_id: tx.tenant(),
        item_id: id,
        tag: tag.to_string(),
    });
    Ok(tx.insert_many::<item_tag::Entity>(new.collect()).await?)
}

/// The tags of each of these items that has any.
pub(super) async fn tags_of(
    tx: &TenantTx,
    ids: impl IntoIterator<Item = ItemId>,
) -> Result<BTreeMap<ItemId, BTreeSet<Tag>>> {
    let rows = tx
        .rows::<item_tag::Entity>()
        .filter(item_tag::Column::ItemId.is_in(ids))
        .all()
        .await?;
    let mut tags = BTreeMap::<ItemId, BTreeSet<Tag>>::new();
    for row in rows {
        tags.entry(row.item_id).or_default().extend(row.tag.parse());
    }
    Ok(tags)
}
