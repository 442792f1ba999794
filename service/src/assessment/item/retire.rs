use domain::{assessment::ReviewStep, id::ItemId, tenancy::Permission};
use entity::assessment::item;

use super::{purpose::is_fixed, review::put_away};
use crate::{Ctx, Error, Result, draft};

/// Takes an item out of its pool. Attempts that have drawn it keep it.
///
/// Refused: `item-fixed`, while an assessment in force asks just this item. It could
/// not be begun without it, and would go on asking it otherwise.
pub async fn retire(ctx: &Ctx, id: ItemId) -> Result<()> {
    set(ctx, id, ReviewStep::Retire).await
}

/// Puts a retired item back into its pool.
pub async fn restore(ctx: &Ctx, id: ItemId) -> Result<()> {
    set(ctx, id, ReviewStep::Restore).await
}

async fn set(ctx: &Ctx, id: ItemId, step: ReviewStep) -> Result<()> {
    ctx.require(Permission::Author)?;
    let tx = ctx.write().await?;
    let (retired, action) = match step {
        ReviewStep::Retire => (true, "item-retired"),
        _ => (false, "item-restored"),
    };
    // Held, so that no assessment comes to ask it meanwhile.
    draft::held::<item::Entity>(&tx, id).await?;
    if retired && is_fixed(&tx, id).await? {
        return Err(Error::Refused("item-fixed"));
    }
    let changed = draft::set_withdrawn::<item::Entity>(ctx, &tx, id, retired, action).await?;
    if let Some(row) = changed {
        put_away(ctx, &tx, &row, step).await?;
    }
    tx.commit().await?;
    Ok(())
}
