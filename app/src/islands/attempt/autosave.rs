//! Whether what was typed is saved.

use leptos::prelude::*;

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
    Overtaken,
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
    /// What is said before the time of the last save.
    saved: String,
    /// What is said when the server cannot be reached.
    offline: String,
    /// What is said when nobody is signed in any more.
    signed_out: String,
    /// What is said when another window has saved something newer.
    overtaken: String,
    /// What is said when what was typed is no answer yet.
    unfinished: String,
) -> impl IntoView {
    let status = RwSignal::new(Status::Quiet);
    #[cfg(feature = "hydrate")]
    // Once the words stand in the page: what is set before, they do not show.
    Effect::new(move |_| super::saver::begin(tenant.clone(), attempt.clone(), status));
    #[cfg(not(feature = "hydrate"))]
    let _ = (tenant, attempt);
    let words = move || match status.get() {
        Status::Quiet => String::new(),
        Status::Ready => ready.clone(),
        Status::Saving => saving.clone(),
        Status::Saved(time) => format!("{saved} {time}"),
        Status::Offline => offline.clone(),
        Status::SignedOut => signed_out.clone(),
        Status::Overtaken => overtaken.clone(),
        Status::Unfinished => unfinished.clone(),
    };
    let class = move || match status.get() {
        Status::Quiet => "sr",
        Status::Ready | Status::Saving => "tag",
        Status::Saved(_) => "tag good",
        Status::Offline | Status::SignedOut | Status::Overtaken | Status::Unfinished => "tag warn",
    };
    view! { <span class=class role="status">{words}</span> }
}
