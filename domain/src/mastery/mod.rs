//! What a learner should do next, and what a learner has shown.
//!
//! Two questions, two models. [`elo`] follows practice and chooses items; it
//! never awards. [`decide()`] holds evidence against a [`Rule`] and says whether
//! competence has been shown, with a trace; a [`Record`] keeps all that it
//! took, and replays to the same [`Decision`]. [`strength()`] says how much a
//! rule is worth: how often learners who have, or lack, the competence would
//! pass it.

mod decide;
mod elo;
mod evidence;
mod gate;
mod height;
mod leaf;
mod probability;
mod record;
mod rule;
#[cfg(test)]
mod samples;
mod strength;
mod trace;

pub use decide::{Decision, Outcome, decide, spared};
pub use elo::{Ability, Candidate, Difficulty, after_answer, choose_next, expected, suitability};
pub use evidence::{Answer, Evidence, Observation};
pub use gate::{Checkpoint, Gate, GateTables, Progress};
pub use height::{percent_right, stones};
pub use record::{Record, RecordError};
pub use rule::{Combine, Percent, PercentOutOfRange, Rule};
pub use strength::{ACCURACIES, Grade, HAVING, LACKING, Method, Passing, Strength, exact_strength, strength};
pub use trace::{Finding, Step};
