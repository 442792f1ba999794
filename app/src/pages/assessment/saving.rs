//! The parts of the bar above an attempt that script brings to life.

use domain::{Timestamp, id::AttemptId};
use leptos::prelude::*;

use crate::{
    i18n::{current, t},
    islands::attempt::{Autosave, Countdown, GAP, LateAnswers, around},
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
            saved=t!("attempt-saved")
            saved_at=t!("attempt-saved-at", time = GAP.to_string())
            offline=t!("attempt-offline")
            signed_out=t!("attempt-signed-out")
            overtaken=t!("attempt-overtaken")
            elsewhere=t!("attempt-elsewhere", number = GAP.to_string())
            unfinished=t!("attempt-unfinished")
        />
        <TwoAnswers />
    }
    .into_any()
}

/// Sends what is still in the browser of an attempt that has ended. Without script
/// there is nothing there.
#[component]
pub(super) fn StillHere(tenant: String, attempt: AttemptId) -> AnyView {
    let gap = || GAP.to_string();
    view! {
        <LateAnswers
            tenant
            attempt=attempt.to_string()
            kept=t!("late-sent-kept", number = gap())
            counts=t!("late-sent-counts", number = gap())
            decided=t!("late-sent-decided", number = gap())
            refused=t!("late-sent-refused", number = gap())
            offline=t!("late-sent-offline", number = gap())
            signed_out=t!("late-sent-signed-out", number = gap())
        />
    }
    .into_any()
}

/// Two answers to one question, to see both and choose. Script moves it before
/// the question, in whatever language that is.
#[component]
fn TwoAnswers() -> AnyView {
    view! {
        <div class="notice warn" id="two-answers" lang=current().tag() hidden>
            <strong>{t!("attempt-two-answers")}</strong>
            <p>{t!("attempt-two-answers-text")}</p>
            <p role="status">
                <span data-shown="own">{t!("attempt-shown-own")}</span>
                <span data-shown="newer">{t!("attempt-shown-newer")}</span>
            </p>
            <div class="buttons">
                <button class="button secondary small" type="button" value="other">{t!("attempt-see-other")}</button>
                <button class="button small" type="button" value="keep">{t!("attempt-keep-shown")}</button>
            </div>
        </div>
    }
    .into_any()
}

/// When the time is up; with script, how much is left.
#[component]
pub(super) fn TimeLeft(
    deadline: Timestamp,
    now: Timestamp,
    /// Whether what was typed is sent when it is up.
    sends: bool,
) -> AnyView {
    let left = u32::try_from(deadline.since(now).as_secs()).unwrap_or(u32::MAX);
    let minutes = |count: u8| t!("attempt-minutes-left", count = count);
    view! {
        <Countdown
            sends
            seconds=left
            left=t!("attempt-time-left", time = GAP.to_string())
            ten=minutes(10)
            five=minutes(5)
            one=minutes(1)
            over=t!("attempt-over-offline")
            title=t!("attempt-time")
        >
            <HandInBy at=deadline />
        </Countdown>
    }
    .into_any()
}

/// When the time is up.
#[component]
pub(super) fn HandInBy(at: Timestamp) -> AnyView {
    let (before, after) = around(&t!("attempt-time-until", time = GAP.to_string()));
    view! { {before}<Moment at />{after} }.into_any()
}
