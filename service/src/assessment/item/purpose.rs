use domain::{
    assessment::Purpose,
    id::{ItemId, ItemVersionId},
};
use entity::{
    TenantTx,
    assessment::{assessment, item, item_version},
};
use sea_orm::{ColumnTrait, FromQueryResult};

use crate::{Error, Result, draft};

/// Asks whether the item, as it is drawn now, may be published for `purpose`: see
/// [`Purpose::may_become`]. Refused at the field `purpose`.
pub(super) async fn may_become(tx: &TenantTx, row: &item::Model, purpose: Purpose) -> Result<()> {
    let drawn = row.drawn_purpose.as_deref().and_then(|drawn| drawn.parse().ok());
    let drawn: Purpose = drawn.unwrap_or(purpose);
    let is_fixed = drawn != purpose && is_fixed(tx, row.id).await?;
    drawn
        .may_become(purpose, is_fixed)
        .map_err(|problem| Error::field("purpose", problem.to_string()))
}

/// Whether an assessment in force asks a version of just this item.
pub(super) async fn is_fixed(tx: &TenantTx, item: ItemId) -> Result<bool> {
    let versions: Vec<Version> = tx
        .rows::<item_version::Entity>()
        .filter(item_version::Column::ItemId.eq(item))
        .columns([item_version::Column::Id])
        .await?;
    let naming = draft::in_force_naming::<assessment::Entity>(tx, versions.iter().map(|version| version.id));
    Ok(naming.count().await? > 0)
}

#[derive(Debug, FromQueryResult)]
struct Version {
    id: ItemVersionId,
}
