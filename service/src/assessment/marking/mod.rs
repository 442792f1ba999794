//! Marking by people: who takes what, and what they say. The one who marks
//! does not see whose work it is, nor what another has said of it.

mod agreement;
mod annotate;
mod claim;
mod comments;
mod double;
mod draft;
mod enqueue;
mod mark;
mod piece;
mod queue;
mod stand;
mod stored;
mod undrawn;

pub use agreement::{Agreement, AssessorLeaning, QuestionAgreement, agreement};
pub use annotate::remove_annotation;
pub use claim::{Unfinished, Wanted, claim, claim_next, release};
pub use comments::{
    LONGEST_COMMENT, MOST_COMMENTS, SavedComment, change_comment, comments, keep_comment, remove_comment,
};
pub use double::{double_marking, set_double_marking};
pub use draft::{autosave, keep_draft};
pub(crate) use enqueue::enqueue;
pub use mark::mark;
pub(crate) use mark::stored;
pub(crate) use piece::rubrics;
pub use piece::{Done, Piece, Work, file, open};
pub use queue::{Begun, Question, Queue, queue};
pub use stored::{Annotated, StoredMark};
pub use undrawn::settle_first_mark;
