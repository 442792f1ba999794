//! Answers that come when the time is up: each is kept beside what was handed in, and
//! counts, or does not, by the policy or because a person says so. What was handed in
//! stays as it is.

mod come;
mod decide;
mod look;
mod open;
mod queue;
mod told;

pub use come::{Came, Coming, come};
pub use decide::{Ruling, decide};
pub use look::look;
pub use open::{LateQuestion, LateSheet, open};
pub use queue::{OpenLate, queue};
pub use told::LateTold;

pub(crate) use decide::count;
pub(crate) use told::{marks, of_attempt};
