//! An attempt, from its start to its result.
//!
//! [`start()`] draws the form, [`open()`] shows it, [`save()`] keeps each answer as it
//! changes, [`answer()`] takes one that stands (at a gate, or where feedback comes
//! at once), and [`submit()`] ends it: scores, evidence, decisions and awards in
//! one transaction.

mod answer;
mod brief;
mod close_overdue;
mod conclude;
mod lately;
mod open;
mod pool;
mod result;
mod save;
mod send_file;
mod sitting;
mod start;
mod submit;
mod time;

pub use answer::{Answered, answer};
pub use brief::{Brief, Earlier, Readiness, brief};
pub use close_overdue::close_overdue;
pub use conclude::AttemptResult;
pub use open::{Place, Question, Sheet, Show, open};
pub use result::{Amended, AmendedBy, Awarded, MarkedQuestion, ResultSheet, result};
pub use save::{Saved, Saving, flag, leave, save};
pub use send_file::{FileAsked, FileSent, SentFile, file_asked, own_file, remove_file, send_file};
pub use start::{Start, start};
pub use submit::submit;
pub use time::{go_on, take_break};

pub(crate) use close_overdue::overdue;
pub(crate) use conclude::{answer_of_row, conclude, given_marks, scores, store_evidence};
pub(crate) use result::questions;
pub(crate) use save::{field_errors, read, refused};
pub(crate) use send_file::{any_file, forget_file, unnamed_files};
pub(crate) use sitting::{Sitting, answer_of, score_of};
pub(crate) use submit::{finish, store};
pub(crate) use time::adjust;
