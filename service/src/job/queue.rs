//! Putting a job into the outbox, inside the transaction that gives rise to it.

use std::{sync::Arc, time::Duration};

use domain::Timestamp;
use entity::job::job;
use sea_orm::{
    ActiveModelTrait, ColumnTrait, ConnectionTrait, EntityTrait, IntoActiveModel, PaginatorTrait,
    QueryFilter, sea_query::OnConflict,
};

use super::{Job, payload};
use crate::{Installation, Result, SystemCtx, assessment::attempt};

/// Queues `job`, due at once.
pub async fn now<C: ConnectionTrait>(tx: &C, installation: &Installation, job: &Job) -> Result<()> {
    insert(tx, installation, job, installation.now(), None).await
}

/// Queues `job`, due at `run_at`.
pub async fn later<C: ConnectionTrait>(
    tx: &C,
    installation: &Installation,
    job: &Job,
    run_at: Timestamp,
) -> Result<()> {
    insert(tx, installation, job, run_at, None).await
}

/// Queues `job`, unless one with the same `dedupe` is waiting.
pub async fn once<C: ConnectionTrait>(
    tx: &C,
    installation: &Installation,
    job: &Job,
    run_at: Timestamp,
    dedupe: String,
) -> Result<()> {
    insert(tx, installation, job, run_at, Some(dedupe)).await
}

async fn insert<C: ConnectionTrait>(
    tx: &C,
    installation: &Installation,
    job: &Job,
    run_at: Timestamp,
    dedupe: Option<String>,
) -> Result<()> {
    let id = installation.new_id();
    let row = job::Model {
        id,
        tenant_id: job.tenant(),
        kind: job.kind().to_owned(),
        payload: payload::write(installation, id, job)?,
        dedupe,
        run_at,
        tries: 0,
        leased_until: None,
        last_error: None,
        parked_at: None,
        created_at: installation.now(),
    };
    job::Entity::insert(row.into_active_model().reset_all())
        .on_conflict(OnConflict::column(job::Column::Dedupe).do_nothing().to_owned())
        .exec_without_returning(tx)
        .await?;
    Ok(())
}

/// What the one sweep that waits is known by.
const SWEEP: &str = "sweep";

/// Queues what has to be done from time to time, unless it is waiting already:
/// attempts are closed only where time is up for some. Where there is nothing to
/// queue, nothing is written.
pub async fn schedule(installation: &Arc<Installation>) -> Result<()> {
    let ctx = SystemCtx::new(Arc::clone(installation));
    let tx = ctx.read().await?;
    let overdue = attempt::tenants_with_overdue(&tx, ctx.now()).await?;
    let sweeps = job::Entity::find().filter(job::Column::Dedupe.eq(SWEEP));
    let sweep_waits = sweeps.count(&tx).await? > 0;
    drop(tx);
    if overdue.is_empty() && sweep_waits {
        return Ok(());
    }
    let tx = ctx.write().await?;
    let later = ctx.now().after(Duration::from_hours(1));
    once(&tx, installation, &Job::Sweep, later, SWEEP.to_owned()).await?;
    for tenant in overdue {
        let job = Job::CloseOverdueAttempts { tenant };
        let dedupe = format!("close-overdue-attempts:{tenant}");
        once(&tx, installation, &job, ctx.now(), dedupe).await?;
    }
    tx.commit().await?;
    Ok(())
}
