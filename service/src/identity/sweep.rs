use std::time::Duration;

use entity::{
    identity::{person, sign_in_failure},
    tenancy::membership,
};
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, sea_query::Query};

use super::{attempts::FORGOTTEN_AFTER, sessions, token};
use crate::{Result, SystemCtx, wallet::offer};

/// So long a new account waits for its address to be confirmed.
const UNCONFIRMED_STAYS: Duration = Duration::from_hours(30 * 24);

/// Removes sessions, links, offers and counts of wrong tries that are past their time, and
/// accounts whose address was never confirmed: nobody could sign in to them, so
/// nothing is in them, and a stranger may have typed the address. What an
/// organisation has made a member stays.
pub async fn sweep(ctx: &SystemCtx) -> Result<()> {
    sessions::delete_expired(ctx).await?;
    let tx = ctx.write().await?;
    token::sweep(&tx, ctx.now()).await?;
    offer::sweep(&tx, ctx.now()).await?;
    sign_in_failure::Entity::delete_many()
        .filter(sign_in_failure::Column::LastAt.lte(ctx.now().before(FORGOTTEN_AFTER)))
        .exec(&tx)
        .await?;
    let members = Query::select()
        .column(membership::Column::PersonId)
        .from(membership::Entity)
        .take();
    person::Entity::delete_many()
        .filter(person::Column::EmailVerifiedAt.is_null())
        .filter(person::Column::IsOperator.eq(false))
        .filter(person::Column::CreatedAt.lte(ctx.now().before(UNCONFIRMED_STAYS)))
        .filter(person::Column::Id.not_in_subquery(members))
        .exec(&tx)
        .await?;
    tx.commit().await?;
    Ok(())
}
