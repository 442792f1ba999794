//! How often something is done in a second.

use std::{
    sync::Arc,
    time::{Duration, Instant},
};

use serde::Serialize;
use service::{Installation, job};
use tokio::task::JoinSet;

use super::BenchError;

/// So many at once, as many learners would.
pub(super) const AT_ONCE: usize = 16;
/// One alone, a school's worth, and an examination day.
pub(super) const CROWDS: [usize; 3] = [1, 50, 500];
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

/// How a crowd fared.
#[derive(Debug, Serialize)]
pub(super) struct Fared {
    at_once: usize,
    pub(super) per_second: f64,
    /// So long waited half of them at most, and so on.
    p50_ms: f64,
    p95_ms: f64,
    p99_ms: f64,
}

impl Fared {
    fn of(at_once: usize, mut waited: Vec<Duration>, began: Instant) -> Self {
        let per_second = per_second(waited.len() as u64, began);
        waited.sort_unstable();
        let percentile = |percent: usize| {
            let place = (waited.len() * percent).div_ceil(100).saturating_sub(1);
            let waited = waited.get(place).copied().unwrap_or_default();
            (waited.as_secs_f64() * 100_000.0).round() / 100.0
        };
        Self {
            at_once,
            per_second,
            p50_ms: percentile(50),
            p95_ms: percentile(95),
            p99_ms: percentile(99),
        }
    }
}

/// Lets each of `workers` do its work over and over for `time`, all at once.
pub(super) async fn at_once<W: Work>(time: Duration, workers: Vec<W>) -> Result<Fared, BenchError> {
    let count = workers.len();
    let began = now();
    let mut running = JoinSet::new();
    for mut worker in workers {
        running.spawn(async move {
            let mut waited = Vec::new();
            while began.elapsed() < time {
                let asked = now();
                worker.once().await?;
                waited.push(asked.elapsed());
            }
            Ok::<_, BenchError>(waited)
        });
    }
    let mut waited = Vec::new();
    while let Some(ended) = running.join_next().await {
        waited.extend(ended.map_err(BenchError::wrong)??);
    }
    Ok(Fared::of(count, waited, began))
}

/// Does every piece of `work` once, `at_once` at a time.
pub(super) async fn each<W: Work>(at_once: usize, work: Vec<W>) -> Result<Fared, BenchError> {
    let began = now();
    let mut waiting = work.into_iter();
    let mut running = JoinSet::new();
    let timed = async |mut piece: W| {
        let asked = now();
        piece.once().await?;
        Ok::<_, BenchError>(asked.elapsed())
    };
    for piece in waiting.by_ref().take(at_once) {
        running.spawn(timed(piece));
    }
    let mut waited = Vec::new();
    while let Some(ended) = running.join_next().await {
        waited.push(ended.map_err(BenchError::wrong)??);
        if let Some(piece) = waiting.next() {
            running.spawn(timed(piece));
        }
    }
    Ok(Fared::of(at_once, waited, began))
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
