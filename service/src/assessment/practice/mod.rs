//! Practice: items that suit the learner, told about at once. It estimates
//! ability and awards nothing.

mod answer;
mod next;

pub use answer::{PracticeAnswer, PracticeFeedback, answer, feedback};
pub use next::{PracticeQuestion, again, answered, next};

use domain::{Seed, id::ResponseId};

/// What the view of an answer's item is made with. It follows from the answer's
/// id, which the page carries from question to answer.
fn seed_of(id: ResponseId) -> Seed {
    Seed(id.0.as_u64_pair().1.cast_signed())
}
