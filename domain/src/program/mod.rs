//! Badge definitions, and what follows from what.

mod achievement;
mod cascade;
mod census;
mod criteria;
mod stack;

pub use achievement::{Achievement, AchievementType, Alignment};
pub use cascade::{Definition, Earned, affected_by, check_acyclic, newly_earned};
pub use census::Census;
pub use criteria::{Criteria, Evaluation, Holdings, Requirement, earned};
pub use stack::{Branch, Fault, Masterable, Part, Passable, Program, Stock, wholes};
