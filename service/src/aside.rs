//! Work that keeps a processor busy, away from the async threads and in turns.

use tokio::sync::Semaphore;

use crate::{Error, Result};

/// Drawings that anybody may ask for: as many at once as leave a small
/// machine time for everything else.
pub(crate) static DRAWING: Semaphore = Semaphore::const_new(2);

/// Does `work`, which `what` names in the log, when there is a place for it. A place
/// is kept until the work ends, even when nobody waits for it any more.
pub(crate) async fn aside<T: Send + 'static>(
    places: &'static Semaphore,
    what: &'static str,
    work: impl FnOnce() -> T + Send + 'static,
) -> Result<T> {
    let failed = |cause: &dyn std::fmt::Display| Error::Outside(format!("{what}: {cause}"));
    let place = places.acquire().await.map_err(|cause| failed(&cause))?;
    let done = tokio::task::spawn_blocking(move || {
        let _place = place;
        work()
    });
    done.await.map_err(|cause| failed(&cause))
}
