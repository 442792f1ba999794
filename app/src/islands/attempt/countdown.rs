//! How much time is left.

use leptos::prelude::*;

use super::around;

/// Counts down from `seconds`, which the server has worked out: the browser's
/// clock may be wrong, but it runs at the right speed. Nothing without script.
#[island]
pub fn Countdown(
    /// How many are left.
    seconds: u32,
    /// How it is said, with a gap for the time.
    left: String,
    /// What a screen reader says when ten minutes are left,
    ten: String,
    /// five,
    five: String,
    /// and one.
    one: String,
    /// Whether what was typed is sent when the time is up; else the page is loaded
    /// anew, because an answer that was sent would stand.
    sends: bool,
) -> impl IntoView {
    let shown = RwSignal::new(String::new());
    let told = RwSignal::new(String::new());
    #[cfg(feature = "hydrate")]
    clock::start(seconds, [(10, ten), (5, five), (1, one)], sends, shown, told);
    #[cfg(not(feature = "hydrate"))]
    let _ = (seconds, ten, five, one, sends);
    let runs = move || !shown.get().is_empty();
    let (before, after) = around(&left);
    view! {
        <span class=move || if runs() { "row" } else { "sr" }>
            {move || runs().then(|| before.clone())}" "
            <span class="time" role="timer">{move || shown.get()}</span>
            " "{move || runs().then(|| after.clone())}
            <span class="sr" role="status">{move || told.get()}</span>
        </span>
    }
}

#[cfg(feature = "hydrate")]
mod clock {
    use std::{cell::Cell, time::Duration};

    use leptos::prelude::*;

    use super::super::form;

    /// Late answers are taken so long, in seconds; then the page is loaded anew.
    const GRACE: f64 = 12.0;

    /// `words` are what is said when so many minutes are left.
    pub(super) fn start(
        seconds: u32,
        words: [(i32, String); 3],
        sends: bool,
        shown: RwSignal<String>,
        told: RwSignal<String>,
    ) {
        let end = js_sys::Date::now() / 1_000.0 + f64::from(seconds);
        let sent = Cell::new(seconds == 0);
        set_interval(
            move || {
                let left = end - js_sys::Date::now() / 1_000.0;
                let whole = whole(left);
                shown.set(format!("{}:{:02}", whole / 60, whole % 60));
                if let Some((_, words)) = words.iter().find(|(minutes, _)| *minutes * 60 == whole) {
                    told.set(words.clone());
                }
                // What was typed last is saved, a little late.
                if left <= 0.0 && !sent.replace(true) {
                    match form() {
                        Some(form) if sends => drop(form.request_submit()),
                        _ => drop(window().location().reload()),
                    }
                }
                if left < -GRACE {
                    let _ = window().location().reload();
                }
            },
            Duration::from_secs(1),
        );
    }

    #[expect(clippy::cast_possible_truncation, reason = "between 0 and three years")]
    fn whole(seconds: f64) -> i32 {
        seconds.ceil().clamp(0.0, 1e8) as i32
    }
}
