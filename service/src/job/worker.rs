//! Taking jobs out of the outbox and doing them.
//!
//! A worker leases a job, runs it, and removes it. One that dies leaves the
//! lease to run out, and another takes the job over: so every job is written to
//! be run twice. One that fails is tried again with growing pauses, and after
//! [`MOST_TRIES`] it is parked where an operator sees it.

use std::{sync::Arc, time::Duration};

use domain::Timestamp;
use entity::job::job;
use sea_orm::{
    ActiveValue::{NotSet, Set},
    ColumnTrait, Condition, DatabaseTransaction, EntityTrait, QueryFilter, QueryOrder, QuerySelect,
    sea_query::{LockBehavior, LockType},
};

use super::{Job, payload};
use crate::{
    Error, Installation, Result, SystemCtx,
    assessment::{analysis, attempt, late, marking, regrade},
    credential, identity, log, program,
};

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
        // More tries than failures: each time the whole process went with it.
        let outcome = if leased.tries > MOST_TRIES {
            Err(Error::Outside("no worker came back from it".to_owned()))
        } else {
            run_apart(installation, leased.clone()).await
        };
        settle(installation, leased, outcome).await?;
    }
    Ok(most)
}

/// In a task of its own: a job that panics fails like any other, and takes no
/// worker with it.
async fn run_apart(installation: &Arc<Installation>, leased: job::Model) -> Result<()> {
    let installation = Arc::clone(installation);
    tokio::spawn(async move { run(&installation, &leased).await })
        .await
        .unwrap_or_else(|cause| Err(Error::Outside(cause.to_string())))
}

async fn run(installation: &Arc<Installation>, leased: &job::Model) -> Result<()> {
    let system = SystemCtx::new(Arc::clone(installation));
    match payload::read(installation, leased.id, &leased.payload)? {
        Job::CloseOverdueAttempt { tenant, attempt } => {
            attempt::close_overdue(&system.in_tenant(tenant), attempt).await
        }
        Job::CountAttempt { tenant, attempt } => analysis::count(&system.in_tenant(tenant), attempt).await,
        Job::CountLateAnswer {
            tenant,
            attempt,
            position,
        } => late::count(&system.in_tenant(tenant), attempt, position).await,
        Job::EvaluateAwards { tenant, person } => program::evaluate_all(&system.in_tenant(tenant), person)
            .await
            .map(drop),
        Job::ReachAchievement {
            tenant,
            achievement,
            after,
        } => program::achievement::reach(&system.in_tenant(tenant), achievement, after).await,
        Job::Regrade {
            tenant,
            regrade,
            after,
        } => regrade::work(&system.in_tenant(tenant), regrade, after).await,
        Job::ForgetAnswerFile { tenant, place } => {
            attempt::forget_file(&system.in_tenant(tenant), place).await
        }
        Job::SettleFirstMark { tenant, piece } => {
            marking::settle_first_mark(&system.in_tenant(tenant), piece).await
        }
        Job::SendMail(mail) => installation.mailer.send(leased.id.0, &mail).await,
        Job::MailResetLink { email } => identity::mail_reset_link(installation, &email).await,
        Job::MailVerification { email, back } => {
            identity::mail_verification(installation, &email, back.as_deref()).await
        }
        Job::AppendToLog => log::append(&system).await,
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
    let lease = job::ActiveModel {
        leased_until: Set(due.leased_until),
        tries: Set(due.tries),
        ..Default::default()
    };
    change(&tx, Condition::all().add(job::Column::Id.eq(due.id)), lease).await?;
    tx.commit().await?;
    Ok(Some(due))
}

async fn settle(installation: &Arc<Installation>, leased: job::Model, outcome: Result<()>) -> Result<()> {
    let tx = SystemCtx::new(Arc::clone(installation)).write().await?;
    match outcome {
        Ok(()) => {
            job::Entity::delete_by_id(leased.id).exec(&tx).await?;
        }
        Err(cause) => {
            tracing::warn!(job = %leased.id, kind = leased.kind, tries = leased.tries, %cause, "a job failed");
            // Whoever took so long that another has the lease now says nothing.
            let held = Condition::all()
                .add(job::Column::Id.eq(leased.id))
                .add(job::Column::LeasedUntil.eq(leased.leased_until));
            change(&tx, held, failed(&leased, &cause, installation.now())).await?;
        }
    }
    tx.commit().await?;
    Ok(())
}

/// A job that is tried again later, or parked.
fn failed(leased: &job::Model, cause: &Error, now: Timestamp) -> job::ActiveModel {
    let given_up = leased.tries >= MOST_TRIES;
    job::ActiveModel {
        leased_until: Set(None),
        last_error: Set(Some(cause.to_string())),
        run_at: Set(now.after(pause(leased.tries))),
        parked_at: Set(given_up.then_some(now)),
        // One that is parked keeps no other out: what it was to do may be asked for again.
        dedupe: if given_up { Set(None) } else { NotSet },
        ..Default::default()
    }
}

async fn change(tx: &DatabaseTransaction, which: Condition, changed: job::ActiveModel) -> Result<()> {
    job::Entity::update_many()
        .set(changed)
        .filter(which)
        .exec(tx)
        .await?;
    Ok(())
}

fn pause(tries: i64) -> Duration {
    let doublings = Ord::min(u32::try_from(tries - 1).unwrap_or(0), 16);
    FIRST_PAUSE.saturating_mul(1 << doublings).min(LONGEST_PAUSE)
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
