//! Practice: items that suit the learner, told about at once. It estimates
//! ability and awards nothing.

mod answer;
mod next;
mod progress;

pub use answer::{PracticeAnswer, PracticeFeedback, answer, feedback};
pub use next::{PracticeQuestion, again, next};
pub use progress::practised;
pub(crate) use progress::practised_by;

use domain::{
    Seed,
    id::{PersonId, ResponseId},
};

use crate::Ctx;

/// What the view of an answer's item is made with. It follows from the answer's
/// id, which the page carries from question to answer, but not for whoever reads
/// it there: from the seed, the authored order would follow, and from that, for
/// things to put in order, the key.
fn seed_of(ctx: &Ctx, person: PersonId, id: ResponseId) -> Seed {
    let public = [person.0.as_bytes().as_slice(), id.0.as_bytes()].concat();
    let derived = ctx.installation().vault.derive("practice", &public);
    let eight = derived.iter().take(8);
    Seed(eight.fold(0, |seed, byte| (seed << 8) | i64::from(*byte)))
}
