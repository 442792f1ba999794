//! The workers that empty the outbox.

use std::{sync::Arc, time::Duration};

use service::{Installation, job};
use tokio::sync::watch;
use tokio::{task::JoinSet, time::sleep};

/// How long an idle worker waits.
const PAUSE: Duration = Duration::from_millis(500);
/// How long a worker waits when the database is away.
const LONG_PAUSE: Duration = Duration::from_secs(5);

/// Starts `count` workers. They end, each after the job in hand, when `stop`
/// becomes true.
pub(crate) fn start(
    installation: &Arc<Installation>,
    count: u16,
    stop: &watch::Receiver<bool>,
) -> JoinSet<()> {
    let mut workers = JoinSet::new();
    for _ in 0..count {
        workers.spawn(work(Arc::clone(installation), stop.clone()));
    }
    workers.spawn(keep_time(Arc::clone(installation), stop.clone()));
    workers
}

async fn work(installation: Arc<Installation>, mut stop: watch::Receiver<bool>) {
    while !*stop.borrow() {
        let pause = match job::run_due(&installation, 1).await {
            Ok(0) => PAUSE,
            Ok(_) => continue,
            Err(cause) => {
                tracing::error!(%cause, "a worker could not look for jobs");
                LONG_PAUSE
            }
        };
        tokio::select! {
            () = sleep(pause) => {}
            _ = stop.changed() => {}
        }
    }
}

/// Queues what has to be done from time to time. Any number of servers may do
/// this at once: each job is queued once.
async fn keep_time(installation: Arc<Installation>, mut stop: watch::Receiver<bool>) {
    while !*stop.borrow() {
        if let Err(cause) = job::schedule(&installation).await {
            tracing::error!(%cause, "regular jobs could not be queued");
        }
        tokio::select! {
            () = sleep(Duration::from_secs(20)) => {}
            _ = stop.changed() => {}
        }
    }
}
