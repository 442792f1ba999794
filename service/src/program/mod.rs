//! Badge definitions, and who has earned what.

mod award;
mod holdings;

pub use award::{Grounds, evaluate_all};
pub use holdings::Proof;

pub(crate) use award::evaluate;
