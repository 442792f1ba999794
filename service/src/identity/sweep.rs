use entity::identity::sign_in_failure;
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter};

use super::{attempts::FORGOTTEN_AFTER, sessions, token};
use crate::{Result, SystemCtx};

/// Removes sessions, links and counts of wrong tries that are past their time.
pub async fn sweep(ctx: &SystemCtx) -> Result<()> {
    sessions::delete_expired(ctx).await?;
    let tx = ctx.write().await?;
    token::sweep(&tx, ctx.now()).await?;
    sign_in_failure::Entity::delete_many()
        .filter(sign_in_failure::Column::LastAt.lte(ctx.now().before(FORGOTTEN_AFTER)))
        .exec(&tx)
        .await?;
    tx.commit().await?;
    Ok(())
}
