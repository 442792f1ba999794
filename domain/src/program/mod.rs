//! Badge definitions, and what follows from what.

mod achievement;
mod cascade;
mod criteria;

pub use achievement::{Achievement, AchievementType, Alignment};
pub use cascade::{Definition, Earned, affected_by, check_acyclic, newly_earned};
pub use criteria::{Criteria, Evaluation, Holdings, Requirement, earned};
