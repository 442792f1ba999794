//! The time of attempts that are under way: breaks, and what is set after they
//! were begun.

use std::time::Duration;

use domain::{
    assessment::{Attempt, AttemptState},
    id::AttemptId,
};
use entity::{
    TenantTx,
    assessment::{assessment, attempt},
};
use sea_orm::{ColumnTrait, sea_query::IntoCondition};

use super::{save::refused, sitting::Sitting};
use crate::{Ctx, Error, Result, assessment::definition::window_of, assessment::learner, tenancy};

/// Stops the clock of the person's attempt. Stopped already, it stays as it is.
///
/// Refused: `attempt-no-break`, `attempt-submitted`, `attempt-time-up`.
pub async fn take_break(ctx: &Ctx, id: AttemptId) -> Result<()> {
    let tx = ctx.write().await?;
    let sitting = Sitting::own_locked(&tx, id, learner(ctx)?).await?;
    let now = ctx.now();
    if sitting.attempt.break_ends(now).is_some() {
        return Ok(());
    }
    let stopped = sitting.attempt.go_on(now).take_break(now).map_err(refused)?;
    store_time(&tx, id, stopped).await?;
    tx.commit().await?;
    Ok(())
}

/// Lets the clock of the person's attempt run again. While it runs, nothing changes.
pub async fn go_on(ctx: &Ctx, id: AttemptId) -> Result<()> {
    let tx = ctx.write().await?;
    let sitting = Sitting::own_locked(&tx, id, learner(ctx)?).await?;
    if sitting.attempt.break_since.is_some() && !sitting.attempt.state.is_over() {
        store_time(&tx, id, sitting.attempt.go_on(ctx.now())).await?;
        tx.commit().await?;
    }
    Ok(())
}

/// Gives those of the attempts under way what a window, or what a person is given,
/// has become since they were begun.
pub(crate) async fn adjust(ctx: &Ctx, tx: &TenantTx, which: impl IntoCondition) -> Result<()> {
    let under_way = tx
        .rows::<attempt::Entity>()
        .filter(which.into_condition())
        .filter(attempt::Column::State.eq(AttemptState::InProgress.as_str()))
        .asc(attempt::Column::Id)
        .all()
        .await?;
    for row in under_way {
        let sitting = Sitting::locked(tx, row.id).await?;
        if sitting.attempt.state.is_over() {
            continue;
        }
        let defined = tx
            .rows::<assessment::Entity>()
            .filter(assessment::Column::Id.eq(row.assessment_id))
            .one()
            .await?
            .ok_or(Error::NotFound)?;
        let given = tenancy::given(tx, row.person_id).await?;
        let now = ctx.now();
        // A break that ran out is over, and does not begin anew.
        let attempt = match sitting.attempt.break_ends(now) {
            Some(_) => sitting.attempt,
            None => sitting.attempt.go_on(now),
        };
        let next = attempt.under(&sitting.assessment, &window_of(&defined), given);
        if next != sitting.attempt {
            store_time(tx, row.id, next).await?;
        }
    }
    Ok(())
}

async fn store_time(tx: &TenantTx, id: AttemptId, attempt: Attempt) -> Result<()> {
    tx.change::<attempt::Entity>()
        .filter(attempt::Column::Id.eq(id))
        .set(attempt::Column::Deadline, attempt.deadline)
        .set(attempt::Column::BreaksTaken, millis(attempt.breaks_taken))
        .set(attempt::Column::BreaksLeft, millis(attempt.breaks_left))
        .set(attempt::Column::BreakSince, attempt.break_since)
        .apply()
        .await?;
    Ok(())
}

/// As it is stored.
pub(super) fn millis(time: Duration) -> i64 {
    i64::try_from(time.as_millis()).unwrap_or(i64::MAX)
}

/// As it was stored.
pub(super) fn duration(millis: i64) -> Duration {
    Duration::from_millis(u64::try_from(millis).unwrap_or(0))
}
