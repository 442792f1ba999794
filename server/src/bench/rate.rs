//! How often something is done in a second.

use std::{
    sync::{
        Arc,
        atomic::{AtomicU64, Ordering},
    },
    time::{Duration, Instant},
};

use service::{Installation, job};
use tokio::task::JoinSet;

use super::BenchError;

/// So many at once, as many learners would.
pub(super) const AT_ONCE: usize = 16;
/// A worker takes so many jobs at a time.
const BATCH: usize = 20;

/// Something that can be done over and over.
pub(super) trait Work: Send + 'static {
    /// Does it once.
    fn once(&mut self) -> impl Future<Output = Result<(), BenchError>> + Send;
}

/// Does `work` over and over for `time`, on this thread alone.
pub(super) fn on_one_core(
    time: Duration,
    mut work: impl FnMut() -> Result<(), BenchError>,
) -> Result<f64, BenchError> {
    // Once for what is only worked out once.
    work()?;
    let began = now();
    let mut done = 0;
    while began.elapsed() < time {
        work()?;
        done += 1;
    }
    Ok(per_second(done, began))
}

/// Lets each of `workers` do its work over and over for `time`, all at once.
pub(super) async fn at_once<W: Work>(time: Duration, workers: Vec<W>) -> Result<f64, BenchError> {
    let done = Arc::new(AtomicU64::new(0));
    let began = now();
    let mut running = JoinSet::new();
    for mut worker in workers {
        let done = Arc::clone(&done);
        running.spawn(async move {
            while began.elapsed() < time {
                worker.once().await?;
                done.fetch_add(1, Ordering::Relaxed);
            }
            Ok::<(), BenchError>(())
        });
    }
    while let Some(ended) = running.join_next().await {
        ended.map_err(BenchError::wrong)??;
    }
    Ok(per_second(done.load(Ordering::Relaxed), began))
}

/// Does every piece of `work` once, [`AT_ONCE`] at a time.
pub(super) async fn each<W: Work>(work: Vec<W>) -> Result<f64, BenchError> {
    let count = work.len() as u64;
    let began = now();
    let mut waiting = work.into_iter();
    let mut running = JoinSet::new();
    for mut piece in waiting.by_ref().take(AT_ONCE) {
        running.spawn(async move { piece.once().await });
    }
    while let Some(ended) = running.join_next().await {
        ended.map_err(BenchError::wrong)??;
        if let Some(mut piece) = waiting.next() {
            running.spawn(async move { piece.once().await });
        }
    }
    Ok(per_second(count, began))
}

/// Runs every job that is due, and those that they queue.
pub(super) async fn until_idle(installation: Arc<Installation>) -> Result<f64, BenchError> {
    let began = now();
    let mut running = JoinSet::new();
    for _ in 0..AT_ONCE {
        let installation = Arc::clone(&installation);
        running.spawn(async move {
            let mut done = 0;
            loop {
                match job::run_due(&installation, BATCH).await? {
                    0 => return Ok::<_, BenchError>(done),
                    more => done += more as u64,
                }
            }
        });
    }
    let mut done = 0;
    while let Some(ended) = running.join_next().await {
        done += ended.map_err(BenchError::wrong)??;
    }
    Ok(per_second(done, began))
}

/// The machine's own time.
#[expect(clippy::disallowed_methods, reason = "what is measured is time itself")]
fn now() -> Instant {
    Instant::now()
}

#[expect(clippy::cast_precision_loss, reason = "no run counts so far")]
fn per_second(count: u64, began: Instant) -> f64 {
    let rate = count as f64 / began.elapsed().as_secs_f64().max(1e-9);
    (rate * 10.0).round() / 10.0
}
