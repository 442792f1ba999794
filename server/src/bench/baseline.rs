//! What the machine itself can do: the floor under every other figure.

use std::{sync::Arc, time::Duration};

use domain::Timestamp;
use ed25519_dalek::{Signer, SigningKey};
use serde::Serialize;
use service::{
    Error, Installation, SystemCtx,
    job::{self, Job},
};

use super::{
    BenchError,
    rate::{AT_ONCE, Work, at_once, on_one_core},
};

/// Per second.
#[derive(Debug, Serialize)]
pub(super) struct Baseline {
    /// Ed25519 signatures over 64 bytes, on one core.
    ed25519_signatures_on_one_core: f64,
    /// Transactions that write one small row, each kept when the machine stops.
    commits_of_one_row: f64,
}

pub(super) async fn measure(
    installation: &Arc<Installation>,
    time: Duration,
) -> Result<Baseline, BenchError> {
    let key = SigningKey::from_bytes(&[7; 32]);
    let mut message = [0; 64];
    let signing = on_one_core(time, || {
        message = key.sign(&message).to_bytes();
        Ok(())
    })?;
    let workers = (0..AT_ONCE).map(|_| Commit(SystemCtx::new(Arc::clone(installation))));
    Ok(Baseline {
        ed25519_signatures_on_one_core: signing,
        commits_of_one_row: at_once(time, workers.collect()).await?.per_second,
    })
}

/// A job for a day that never comes is the smallest row there is.
struct Commit(SystemCtx);

impl Work for Commit {
    async fn once(&mut self) -> Result<(), BenchError> {
        let never = Timestamp::from_unix_millis(i64::MAX / 2);
        let tx = self.0.write().await.map_err(Error::from)?;
        job::later(&tx, self.0.installation(), &Job::Sweep, never).await?;
        tx.commit().await.map_err(Error::from)?;
        Ok(())
    }
}
