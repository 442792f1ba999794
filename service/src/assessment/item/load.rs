use domain::{
    Timestamp,
    assessment::{Item, Purpose},
    id::{ItemId, ItemVersionId},
    tenancy::Permission,
};
use entity::{
    TenantTx,
    assessment::{item, item_version},
};
use sea_orm::ColumnTrait;

use super::Content;
use crate::{Ctx, Error, Result};

/// An item as its authors see it.
#[derive(Debug, Clone, PartialEq)]
pub struct Draft {
    /// Its id.
    pub id: ItemId,
    /// Goes up with each save.
    pub revision: i64,
    /// What is written.
    pub content: Content,
    /// What is in force; none while only a draft.
    pub published: Option<Published>,
    /// Since when it is not drawn any more.
    pub retired_at: Option<Timestamp>,
    /// When it was last changed.
    pub updated_at: Timestamp,
}

/// The published state of an item.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Published {
    /// Its id.
    pub version: ItemVersionId,
    /// 1, 2, 3 …
    pub number: i64,
    /// When it was published.
    pub at: Timestamp,
    /// Whether the draft says something else by now.
    pub outdated: bool,
}

/// An item with its draft, for those who write or see drafts.
pub async fn load(ctx: &Ctx, id: ItemId) -> Result<Draft> {
    ctx.require(Permission::ViewDrafts)?;
    let tx = ctx.read().await?;
    let row = tx
        .rows::<item::Entity>()
        .filter(item::Column::Id.eq(id))
        .one()
        .await?
        .ok_or(Error::NotFound)?;
    let published = match row.published_version_id {
        Some(version) => in_force(&tx, version).await?.map(|published| Published {
            version: published.id,
            number: published.number,
            at: published.published_at,
            outdated: published.content != row.draft,
        }),
        None => None,
    };
    Ok(Draft {
        id: row.id,
        revision: row.draft_revision,
        content: Content {
            competency: row.competency_id,
            purpose: row.purpose.parse().unwrap_or(Purpose::Practice),
            difficulty: row.difficulty,
            item: serde_json::from_str::<Item>(&row.draft)?,
        },
        published,
        retired_at: row.retired_at,
        updated_at: row.updated_at,
    })
}

pub(super) async fn in_force(tx: &TenantTx, version: ItemVersionId) -> Result<Option<item_version::Model>> {
    Ok(tx
        .rows::<item_version::Entity>()
        .filter(item_version::Column::Id.eq(version))
        .one()
        .await?)
}
