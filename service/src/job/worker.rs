//! Taking jobs out of the outbox and doing them.
//!
//! A worker leases a job, runs it, and removes it. One that dies leaves the
//! lease to run out, and another takes the job over: so every job is written to
//! be run twice. One that fails is tried again with growing pauses, and after
//! [`MOST_TRIES`] it is parked where an operator sees it.

use std::{sync::Arc, time::Duration};

use domain::{Timestamp, id::JobId};
use entity::job::job;
use sea_orm::{
    ActiveValue::Set,
    ColumnTrait, Condition, DatabaseTransaction, EntityTrait, QueryFilter, QueryOrder, QuerySelect,
    sea_query::{LockBehavior, LockType},
};

use super::Job;
use crate::{Error, Installation, Result, SystemCtx, assessment::attempt, credential, identity, program};

/// After so many failures a job is parked.
const MOST_TRIES: i64 = 12;
/// A worker that has not finished in this time is taken for dead.
const LEASE: Duration = Duration::from_mins(2);
/// The first pause after a failure; each one after is twice as long.
const FIRST_PAUSE: Duration = Duration::from_secs(5);
/// No pause is longer.
const LONGEST_PAUSE: Duration = Duration::from_hours(6);

/// Runs the jobs that are due, at most `most`, and says how many there were.
/// A job's failure is noted with the job and is not an error here.
pub async fn run_due(installation: &Arc<Installation>, most: usize) -> Result<usize> {
    for done in 0..most {
        let Some(leased) = lease(installation).await? else {
            return Ok(done);
        };
        let outcome = run(installation, &leased).await;
        settle(installation, leased, outcome).await?;
    }
    Ok(most)
}

async fn run(installation: &Arc<Installation>, leased: &job::Model) -> Result<()> {
    let system = SystemCtx::new(Arc::clone(installation));
    match serde_json::from_str(&leased.payload)? {
        Job::CloseOverdueAttempts { tenant } => attempt::close_overdue(&system.in_tenant(tenant)).await,
        Job::EvaluateAwards { tenant, person } => program::evaluate_all(&system.in_tenant(tenant), person)
            .await
            .map(drop),
        Job::SendMail(mail) => installation.mailer.send(leased.id.0, &mail).await,
        Job::MailResetLink { email } => identity::mail_reset_link(installation, &email).await,
        Job::Sweep => identity::sweep(&system).await,
        Job::IssueCredential { tenant, award } => credential::issue(&system.in_tenant(tenant), award).await,
    }
}

async fn lease(installation: &Arc<Installation>) -> Result<Option<job::Model>> {
    let now = installation.now();
    let tx = SystemCtx::new(Arc::clone(installation)).write().await?;
    let free = Condition::any()
        .add(job::Column::LeasedUntil.is_null())
        .add(job::Column::LeasedUntil.lt(now));
    let Some(mut due) = job::Entity::find()
        .filter(job::Column::ParkedAt.is_null())
        .filter(job::Column::RunAt.lte(now))
        .filter(free)
        .order_by_asc(job::Column::RunAt)
        .lock_with_behavior(LockType::Update, LockBehavior::SkipLocked)
        .one(&tx)
        .await?
    else {
        return Ok(None);
    };
    due.leased_until = Some(now.after(LEASE));
    due.tries += 1;
    update(&tx, &due).await?;
    tx.commit().await?;
    Ok(Some(due))
}

async fn settle(installation: &Arc<Installation>, mut leased: job::Model, outcome: Result<()>) -> Result<()> {
    let tx = SystemCtx::new(Arc::clone(installation)).write().await?;
    match outcome {
        Ok(()) => {
            job::Entity::delete_by_id(leased.id).exec(&tx).await?;
        }
        Err(cause) => {
            let now = installation.now();
            tracing::warn!(job = %leased.id, kind = leased.kind, tries = leased.tries, %cause, "a job failed");
            leased.leased_until = None;
            leased.last_error = Some(cause.to_string());
            leased.run_at = now.after(pause(leased.tries));
            leased.parked_at = (leased.tries >= MOST_TRIES).then_some(now);
            update(&tx, &leased).await?;
        }
    }
    tx.commit().await?;
    Ok(())
}

async fn update(tx: &DatabaseTransaction, row: &job::Model) -> Result<()> {
    let changed = job::ActiveModel {
        run_at: Set(row.run_at),
        tries: Set(row.tries),
        leased_until: Set(row.leased_until),
        last_error: Set(row.last_error.clone()),
        parked_at: Set(row.parked_at),
        ..Default::default()
    };
    job::Entity::update_many()
        .set(changed)
        .filter(job::Column::Id.eq(row.id))
        .exec(tx)
        .await?;
    Ok(())
}

fn pause(tries: i64) -> Duration {
    let doublings = u32::try_from(tries - 1).unwrap_or(0).min(16);
    FIRST_PAUSE.saturating_mul(1 << doublings).min(LONGEST_PAUSE)
}

/// A job that was given up.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Parked {
    /// Its id.
    pub id: JobId,
    /// What it was to do.
    pub kind: String,
    /// How often it was tried.
    pub tries: i64,
    /// Why the last try failed.
    pub last_error: String,
    /// When it was given up.
    pub at: Timestamp,
}

/// The jobs that were given up, newest first.
pub async fn parked(ctx: &SystemCtx) -> Result<Vec<Parked>> {
    let rows = job::Entity::find()
        .filter(job::Column::ParkedAt.is_not_null())
        .order_by_desc(job::Column::ParkedAt)
        .limit(200)
        .all(&ctx.read().await?)
        .await?;
    Ok(rows
        .into_iter()
        .map(|row| Parked {
            id: row.id,
            kind: row.kind,
            tries: row.tries,
            last_error: row.last_error.unwrap_or_default(),
            at: row.parked_at.unwrap_or(row.run_at),
        })
        .collect())
}

/// Tries a parked job again, from the first pause.
pub async fn retry(ctx: &SystemCtx, id: JobId) -> Result<()> {
    let tx = ctx.write().await?;
    let again = job::ActiveModel {
        tries: Set(0),
        run_at: Set(ctx.now()),
        parked_at: Set(None),
        ..Default::default()
    };
    let changed = job::Entity::update_many()
        .set(again)
        .filter(job::Column::Id.eq(id))
        .filter(job::Column::ParkedAt.is_not_null())
        .exec(&tx)
        .await?;
    tx.commit().await?;
    if changed.rows_affected == 0 {
        Err(Error::NotFound)
    } else {
        Ok(())
    }
}

/// Removes a parked job for good.
pub async fn discard(ctx: &SystemCtx, id: JobId) -> Result<()> {
    let tx = ctx.write().await?;
    let gone = job::Entity::delete_many()
        .filter(job::Column::Id.eq(id))
        .filter(job::Column::ParkedAt.is_not_null())
        .exec(&tx)
        .await?;
    tx.commit().await?;
    if gone.rows_affected == 0 {
        Err(Error::NotFound)
    } else {
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pauses_grow_and_stay_under_the_longest() {
        assert_eq!(pause(1), FIRST_PAUSE);
        assert_eq!(pause(3), FIRST_PAUSE * 4);
        assert_eq!(pause(60), LONGEST_PAUSE);
    }
}
