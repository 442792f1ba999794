//! The parts of the bar above an attempt that script brings to life.

use domain::{Timestamp, id::AttemptId};
use leptos::prelude::*;

use crate::{
    i18n::t,
    islands::attempt::{Autosave, Countdown},
    ui::Moment,
};

/// Whether what was typed is saved. Without script there is nothing to say:
/// every button saves.
#[component]
pub(super) fn Saves(tenant: String, attempt: AttemptId) -> AnyView {
    view! {
        <Autosave
            tenant
            attempt=attempt.to_string()
            ready=t!("attempt-ready")
            saving=t!("attempt-saving")
            saved=t!("attempt-saved-at")
            offline=t!("attempt-offline")
            signed_out=t!("attempt-signed-out")
            overtaken=t!("attempt-overtaken")
            unfinished=t!("attempt-unfinished")
        />
    }
    .into_any()
}

/// When the time is up; with script, how much is left.
#[component]
pub(super) fn TimeLeft(deadline: Timestamp, now: Timestamp) -> AnyView {
    let left = u32::try_from(deadline.since(now).as_secs()).unwrap_or(u32::MAX);
    view! {
        <p class="row">
            <span>{t!("attempt-time-until")}" "<Moment at=deadline /></span>
            <Countdown seconds=left left=t!("attempt-time-left") minutes=t!("attempt-minutes-left") />
        </p>
    }
    .into_any()
}
