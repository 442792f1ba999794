//! Putting a job into the outbox, inside the transaction that gives rise to it.

use std::{collections::HashSet, sync::Arc, time::Duration};

use domain::Timestamp;
use entity::job::job;
use sea_orm::{
    ActiveModelTrait, ColumnTrait, Condition, ConnectionTrait, EntityTrait, IntoActiveModel, QueryFilter,
    QuerySelect, sea_query::OnConflict,
};

use super::{Job, payload};
use crate::{Installation, Result, SystemCtx, assessment::attempt, log};

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
/// What the job is known by that enters what was left waiting.
const APPENDING: &str = "append-to-log";
/// What the job that closes an attempt is known by, before the attempt's id.
const CLOSING: &str = "close-overdue-attempt:";

/// Queues what has to be done from time to time, unless it is waiting already.
/// Where there is nothing to queue, nothing is written.
pub async fn schedule(installation: &Arc<Installation>) -> Result<()> {
    let ctx = SystemCtx::new(Arc::clone(installation));
    let now = ctx.now();
    let tx = ctx.read().await?;
    let overdue = attempt::overdue(&tx, now).await?;
    let closing = overdue.into_iter().map(|(tenant, attempt)| {
        let job = Job::CloseOverdueAttempt { tenant, attempt };
        (job, now, format!("{CLOSING}{attempt}"))
    });
    let sweep = (Job::Sweep, now.after(Duration::from_hours(1)), SWEEP.to_owned());
    let mut wanted: Vec<_> = closing.chain([sweep]).collect();
    if log::is_overdue(&tx, now).await? {
        wanted.push((Job::AppendToLog, now, APPENDING.to_owned()));
    }
    let waiting: HashSet<String> = job::Entity::find()
        .select_only()
        .column(job::Column::Dedupe)
        .filter(
            Condition::any()
                .add(job::Column::Dedupe.is_in([SWEEP, APPENDING]))
                .add(job::Column::Dedupe.starts_with(CLOSING)),
        )
        .into_tuple()
        .all(&tx)
        .await?
        .into_iter()
        .collect();
    drop(tx);
    wanted.retain(|(.., dedupe)| !waiting.contains(dedupe));
    if wanted.is_empty() {
        return Ok(());
    }
    let tx = ctx.write().await?;
    for (job, run_at, dedupe) in wanted {
        once(&tx, installation, &job, run_at, dedupe).await?;
    }
    tx.commit().await?;
    Ok(())
}
