//! What script adds to an attempt: answers save themselves, rows move without
//! a round trip, the clock runs.
//!
//! All of it hangs on the form `#attempt`, which works without.

mod autosave;
mod countdown;
#[cfg(feature = "hydrate")]
mod fields;
#[cfg(feature = "hydrate")]
mod kept;
mod late_answers;
#[cfg(feature = "hydrate")]
mod rows;
mod save_answer;
#[cfg(feature = "hydrate")]
mod saver;
#[cfg(feature = "hydrate")]
mod scales;
#[cfg(feature = "hydrate")]
mod two_answers;

pub use autosave::{Autosave, AutosaveProps};
pub use countdown::{Countdown, CountdownProps};
pub use late_answers::{LateAnswers, LateAnswersProps};
pub use save_answer::{Reply, SaveAnswer, save_answer};

/// Stands in a text for what only the browser knows. No text of ours has this
/// character.
pub(crate) const GAP: char = '\u{fffc}';

/// What stands in a text before its [`GAP`], and after it.
pub(crate) fn around(text: &str) -> (String, String) {
    let (before, after) = text.split_once(GAP).unwrap_or((text, ""));
    (before.to_owned(), after.to_owned())
}

/// The form that all of it hangs on.
#[cfg(feature = "hydrate")]
fn form() -> Option<leptos::web_sys::HtmlFormElement> {
    use leptos::{prelude::document, wasm_bindgen::JsCast};

    document().get_element_by_id("attempt")?.dyn_into().ok()
}
