//! Submitting attempts for those whose time is up.

use domain::assessment::{AttemptState, GRACE};
use entity::assessment::attempt;
use sea_orm::ColumnTrait;

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
        .filter(attempt::Column::State.eq(AttemptState::InProgress.as_str()))
        .filter(attempt::Column::Deadline.lt(ctx.now().before(GRACE)))
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
