//! How much time is left.

use leptos::prelude::*;

/// Counts down from `seconds`, which the server has worked out: the browser's
/// clock may be wrong, but it runs at the right speed. Nothing without script.
#[island]
pub fn Countdown(
    /// How many are left.
    seconds: u32,
    /// What is said before the time left.
    left: String,
    /// What is said after the minutes left, now and then, to a screen reader.
    minutes: String,
) -> impl IntoView {
    let shown = RwSignal::new(String::new());
    let told = RwSignal::new(String::new());
    #[cfg(feature = "hydrate")]
    clock::start(seconds, minutes, shown, told);
    #[cfg(not(feature = "hydrate"))]
    let _ = (seconds, minutes);
    let runs = move || !shown.get().is_empty();
    view! {
        <span class=move || if runs() { "row" } else { "sr" }>
            {move || runs().then(|| left.clone())}" "
            <span class="time" role="timer">{move || shown.get()}</span>
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
    /// At so many minutes left, it is said.
    const TOLD: [i32; 3] = [10, 5, 1];

    pub(super) fn start(seconds: u32, minutes: String, shown: RwSignal<String>, told: RwSignal<String>) {
        let end = js_sys::Date::now() / 1_000.0 + f64::from(seconds);
        let sent = Cell::new(seconds == 0);
        set_interval(
            move || {
                let left = end - js_sys::Date::now() / 1_000.0;
                let whole = whole(left);
                shown.set(format!("{}:{:02}", whole / 60, whole % 60));
                if let Some(minute) = TOLD.iter().find(|minute| **minute * 60 == whole) {
                    told.set(format!("{minute} {minutes}"));
                }
                // What was typed last is saved, a little late.
                if left <= 0.0
                    && !sent.replace(true)
                    && let Some(form) = form()
                {
                    let _ = form.request_submit();
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
