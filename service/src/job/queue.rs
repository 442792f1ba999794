//! Putting a job into the outbox, inside the transaction that gives rise to it.

use std::{sync::Arc, time::Duration};

use domain::Timestamp;
use entity::{job::job, tenancy::tenant};
use sea_orm::{ActiveModelTrait, ConnectionTrait, EntityTrait, IntoActiveModel, sea_query::OnConflict};

use super::Job;
use crate::{Installation, Result, SystemCtx};

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
    let row = job::Model {
        id: installation.new_id(),
        tenant_id: job.tenant(),
        kind: job.kind().to_owned(),
        payload: serde_json::to_string(job)?,
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

/// Queues what has to be done from time to time, unless it is waiting already.
pub async fn schedule(installation: &Arc<Installation>) -> Result<()> {
    let ctx = SystemCtx::new(Arc::clone(installation));
    let tx = ctx.write().await?;
    once(
        &tx,
        installation,
        &Job::Sweep,
        ctx.now().after(Duration::from_hours(1)),
        "sweep".to_owned(),
    )
    .await?;
    for tenant in tenant::Entity::find().all(&tx).await? {
        let job = Job::CloseOverdueAttempts { tenant: tenant.id };
        let soon = ctx.now().after(Duration::from_secs(20));
        once(
            &tx,
            installation,
            &job,
            soon,
            format!("close-overdue-attempts:{}", tenant.id),
        )
        .await?;
    }
    tx.commit().await?;
    Ok(())
}
