//! Putting right what was asked wrongly: a remedy is proposed, worked out for
//! everybody without changing anything, and then applied by a job, some people at a
//! time. What was asked and answered stays as it is, and so do the decisions that
//! were made; new ones take their place.

mod changes;
mod corrections;
mod propose;
mod reconclude;
mod review;
mod show;
mod work;

pub use changes::{ChangedAttempt, Changes, Listed, Turns, Worth};
pub use propose::{Chosen, OtherVersion, Proposal, Regradable, discard, propose, regradable};
pub use review::{Groundless, Review, keep, review, withdraw, withdraw_all};
pub use show::{NamedChange, NamedTurns, RegradeSheet, show};
pub use work::confirm;

pub(crate) use changes::StoredAmendment;
pub(crate) use corrections::{count_late, put_right, with_key_in_force};
pub(crate) use reconclude::{Cause, Renewal};
pub(super) use show::names;
pub(crate) use work::{catch_up, work};
