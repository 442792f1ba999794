//! What answers say about the questions: item analysis by classical test theory.
//!
//! Attempts are added to tallies, one after the other and in any order. A tally
//! keeps sums only, so that it is as small after a million attempts as after
//! ten, and the analysis of it takes as long.

mod facility;
mod item;
pub(in crate::assessment) mod moments;
mod tally;
#[cfg(test)]
mod tests;
mod whole;

pub use facility::{Band, Exposure, Facility};
pub use item::{ChoiceAnalysis, FEWEST, ItemAnalysis, ItemFlag};
pub use tally::{AssessmentTally, BANDS, ItemTally, ScoredAnswer, ScoredAttempt};
pub use whole::{AssessmentAnalysis, Reliability};
