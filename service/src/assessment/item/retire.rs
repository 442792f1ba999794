use domain::{Timestamp, id::ItemId, tenancy::Permission};
use entity::assessment::item;
use sea_orm::ColumnTrait;
use serde_json::json;

use super::locked;
use crate::{Ctx, Result, audit};

/// Takes an item out of its pool. Attempts that have drawn it keep it.
pub async fn retire(ctx: &Ctx, id: ItemId) -> Result<()> {
    set(ctx, id, Some(ctx.now()), "item-retired").await
}

/// Puts a retired item back into its pool.
pub async fn restore(ctx: &Ctx, id: ItemId) -> Result<()> {
    set(ctx, id, None, "item-restored").await
}

async fn set(ctx: &Ctx, id: ItemId, retired_at: Option<Timestamp>, action: &str) -> Result<()> {
    ctx.require(Permission::Author)?;
    let tx = ctx.write().await?;
    let row = locked(&tx, id).await?;
    if row.retired_at.is_some() == retired_at.is_some() {
        return Ok(());
    }
    tx.change::<item::Entity>()
        .filter(item::Column::Id.eq(id))
        .set(item::Column::RetiredAt, retired_at)
        .set(item::Column::UpdatedAt, ctx.now())
        .apply()
        .await?;
    audit::note(&tx, ctx, action, format!("item:{id}"), json!({})).await?;
    tx.commit().await?;
    Ok(())
}
