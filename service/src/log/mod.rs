//! The public log of what issuers did with badges: one for the installation.
//!
//! That a badge was issued or revoked waits in `credential_event` until a job enters it. Whoever holds the
//! log's one row enters what waits, in one transaction: entries, hashes, the
//! signed checkpoint, and on each step its place. So a step is entered once,
//! however often the job runs and wherever it dies.

mod append;
mod check;
mod hashes;
mod key;
mod proof;
mod serve;

pub use append::append;
pub(crate) use append::is_overdue;
pub use check::check;
pub use key::begin_anew;
pub use proof::{log_proof, proof_of_document};
pub use serve::{LogState, checkpoint, log_key, state, tile};
