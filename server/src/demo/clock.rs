//! A clock that runs through the demo's past.

use std::{
    sync::atomic::{AtomicI64, Ordering},
    time::Duration,
};

use domain::Timestamp;
use service::{Clock, SystemClock};

/// Stands until it is moved, and never comes to be ahead of the machine's clock.
#[derive(Debug)]
pub struct DemoClock(AtomicI64);

impl Default for DemoClock {
    fn default() -> Self {
        Self::new()
    }
}

impl DemoClock {
    /// The present.
    #[must_use]
    pub fn new() -> Self {
        Self(AtomicI64::new(SystemClock.now().unix_millis()))
    }

    /// Puts it at so many days before the present.
    pub fn set_back(&self, days: u64) {
        let then = SystemClock.now().before(Duration::from_secs(days * 86_400));
        self.0.store(then.unix_millis(), Ordering::SeqCst);
    }

    /// Lets time pass.
    pub fn pass(&self, duration: Duration) {
        let later = self.now().after(duration).min(SystemClock.now());
        self.0.store(later.unix_millis(), Ordering::SeqCst);
    }
}

impl Clock for DemoClock {
    fn now(&self) -> Timestamp {
        Timestamp::from_unix_millis(self.0.load(Ordering::SeqCst))
    }
}
