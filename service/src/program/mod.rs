//! Badge definitions, and who has earned what.

pub mod achievement;
mod award;
mod groundless;
mod grounds;
mod holdings;
mod offered;
mod programs;

pub use award::{Grounds, evaluate_all};
pub use grounds::GroundsView;
pub use holdings::Proof;
pub use offered::{Offered, Step, offered};
pub use programs::{Named, Programs, programs};

pub(crate) use award::evaluate;
pub(crate) use groundless::groundless;
pub(crate) use grounds::view_grounds;
pub(crate) use holdings::{definitions_held, holdings};
