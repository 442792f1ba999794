//! Submitting attempts for those whose time is up: each by a job of its own, so
//! that one that fails holds up no other.

use domain::{
    Timestamp,
    assessment::{AttemptState, GRACE},
    id::{AttemptId, TenantId},
};
use entity::assessment::attempt;
use sea_orm::{
    ColumnTrait, Condition, DatabaseTransaction, EntityTrait, QueryFilter, QueryOrder, QuerySelect,
};

use super::{sitting::Sitting, submit::finish};
use crate::{Ctx, Result, tenancy};

/// Submits the attempt if its time is up and nobody has, with what was saved by then.
pub async fn close_overdue(ctx: &Ctx, id: AttemptId) -> Result<()> {
    let tx = ctx.read().await?;
    let row = tx
        .rows::<attempt::Entity>()
        .filter(attempt::Column::Id.eq(id))
        .filter(is_overdue(ctx.now()))
        .one()
        .await?;
    drop(tx);
    match row {
        Some(row) => close(ctx, row).await,
        None => Ok(()),
    }
}

/// The attempts for which time is up, longest ago first.
pub(crate) async fn overdue(tx: &DatabaseTransaction, now: Timestamp) -> Result<Vec<(TenantId, AttemptId)>> {
    Ok(attempt::Entity::find()
        .select_only()
        .column(attempt::Column::TenantId)
        .column(attempt::Column::Id)
        .filter(is_overdue(now))
        .order_by_asc(attempt::Column::Deadline)
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
        let asked = sitting.counted();
        finish(ctx, &tx, sitting, asked).await?;
    }
    tx.commit().await?;
    Ok(())
}
