//! Asking to have a result looked at again: a learner asks once for each attempt, an
//! assessor answers, and both stay. Who answers does not see whose attempt it is.

mod answer;
mod ask;
mod open;
mod queue;

pub use answer::{Answer, answer};
pub use ask::{Answered, Appeal, ask};
pub use open::{AppealSheet, Marked, file, open};
pub use queue::{OpenAppeal, queue};

pub(crate) use ask::of_attempt;
