//! Submitting attempts for those whose time is up.

use domain::{
    Timestamp,
    assessment::{AttemptState, GRACE},
    id::TenantId,
};
use entity::assessment::attempt;
use sea_orm::{ColumnTrait, Condition, DatabaseTransaction, EntityTrait, QueryFilter, QuerySelect};

use super::{sitting::Sitting, submit::finish};
use crate::{Ctx, Result, tenancy};

/// So many in one go; the rest comes with the next.
const BATCH: u64 = 100;

/// Submits the tenant's attempts whose time is up, with what was saved by then.
/// Each in a transaction of its own: one that fails holds up no other.
pub async fn close_overdue(ctx: &Ctx) -> Result<()> {
    let tx = ctx.read().await?;
    let overdue = tx
        .rows::<attempt::Entity>()
        .filter(is_overdue(ctx.now()))
        .asc(attempt::Column::Deadline)
        .limit(BATCH)
        .all()
        .await?;
    drop(tx);
    let mut outcome = Ok(());
    for row in overdue {
        let attempt = row.id;
        if let Err(cause) = close(ctx, row).await {
            tracing::error!(%attempt, %cause, "an overdue attempt could not be submitted");
            outcome = Err(cause);
        }
    }
    outcome
}

/// The tenants in which time is up for somebody.
pub(crate) async fn tenants_with_overdue(tx: &DatabaseTransaction, now: Timestamp) -> Result<Vec<TenantId>> {
    Ok(attempt::Entity::find()
        .select_only()
        .column(attempt::Column::TenantId)
        .distinct()
        .filter(is_overdue(now))
        .into_tuple()
        .all(tx)
        .await?)
}

fn is_overdue(now: Timestamp) -> Condition {
    Condition::all()
        .add(attempt::Column::State.eq(AttemptState::InProgress.as_str()))
        .add(attempt::Column::Deadline.lt(now.before(GRACE)))
}

async fn close(ctx: &Ctx, row: attempt::Model) -> Result<()> {
    let tx = ctx.write().await?;
    tenancy::hold_member(&tx, row.person_id).await?;
    let sitting = Sitting::locked(&tx, row.id).await?;
    if sitting.attempt.is_overdue(ctx.now()) {
        let asked = sitting.shown();
        finish(ctx, &tx, sitting, asked).await?;
    }
    tx.commit().await?;
    Ok(())
}
