//! Whether what was typed is saved.

use leptos::prelude::*;

use super::GAP;

/// How the last change stands.
#[cfg_attr(
    not(feature = "hydrate"),
    expect(dead_code, reason = "only the browser saves")
)]
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Status {
    /// Nothing saves: the script is not there yet.
    Quiet,
    /// Nothing was typed yet.
    Ready,
    Saving,
    /// At this time of day.
    Saved(String),
    Offline,
    SignedOut,
    /// The question has two answers.
    Overtaken,
    /// So has the one with this number, on another page.
    Elsewhere(u32),
    Unfinished,
}

/// Sees to it that each change is saved, and says whether it is.
#[island]
pub fn Autosave(
    /// The tenant's part of the address.
    tenant: String,
    /// The attempt's id.
    attempt: String,
    /// What is said once changes save themselves.
    ready: String,
    /// What is said while saving.
    saving: String,
    /// What is said of the last save.
    saved: String,
    /// The same with a gap for its time.
    saved_at: String,
    /// What is said when the server cannot be reached.
    offline: String,
    /// What is said when nobody is signed in any more.
    signed_out: String,
    /// What is said when another window has saved something newer.
    overtaken: String,
    /// What is said when that is so on another page, with a gap for the question's
    /// number.
    elsewhere: String,
    /// What is said when what was typed is no answer yet.
    unfinished: String,
) -> impl IntoView {
    let status = RwSignal::new(Status::Quiet);
    #[cfg(feature = "hydrate")]
    // Once the words stand in the page: what is set before, they do not show.
    Effect::new(move |_| super::saver::begin(tenant.clone(), attempt.clone(), status));
    #[cfg(not(feature = "hydrate"))]
    let _ = (tenant, attempt);
    let words = move |status: &Status| match status {
        Status::Quiet => String::new(),
        Status::Ready => ready.clone(),
        Status::Saving => saving.clone(),
        Status::Saved(_) => saved.clone(),
        Status::Offline => offline.clone(),
        Status::SignedOut => signed_out.clone(),
        Status::Overtaken => overtaken.clone(),
        Status::Elsewhere(number) => elsewhere.replacen(GAP, &number.to_string(), 1),
        Status::Unfinished => unfinished.clone(),
    };
    // A screen reader hears what has changed: not each pause, nor what time it is.
    let heard = StoredValue::new(String::new());
    let said = words.clone();
    let told = move || {
        let status = status.get();
        if status != Status::Saving {
            heard.set_value(said(&status));
        }
        heard.get_value()
    };
    let shown = move || match status.get() {
        Status::Saved(time) => saved_at.replacen(GAP, &time, 1),
        status => words(&status),
    };
    let class = move || match status.get() {
        Status::Quiet => "sr",
        Status::Ready | Status::Saving => "tag",
        Status::Saved(_) => "tag good",
        Status::Offline
        | Status::SignedOut
        | Status::Overtaken
        | Status::Elsewhere(_)
        | Status::Unfinished => "tag warn",
    };
    view! {
        <span>
            <span class=class aria-hidden="true">{shown}</span>
            <span class="sr" role="status">{told}</span>
        </span>
    }
}
