use domain::{id::ItemId, tenancy::Permission};
use entity::assessment::item;

use crate::{Ctx, Result, draft};

/// Takes an item out of its pool. Attempts that have drawn it keep it.
pub async fn retire(ctx: &Ctx, id: ItemId) -> Result<()> {
    set(ctx, id, true, "item-retired").await
}

/// Puts a retired item back into its pool.
pub async fn restore(ctx: &Ctx, id: ItemId) -> Result<()> {
    set(ctx, id, false, "item-restored").await
}

async fn set(ctx: &Ctx, id: ItemId, retired: bool, action: &str) -> Result<()> {
    ctx.require(Permission::Author)?;
    let tx = ctx.write().await?;
    draft::set_withdrawn::<item::Entity>(ctx, &tx, id, retired, action).await?;
    tx.commit().await?;
    Ok(())
}
