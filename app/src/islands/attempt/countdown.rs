//! How much time is left.

use leptos::prelude::*;

use super::around;

/// Counts down from `seconds`, which the server has worked out: the browser's
/// clock may be wrong, but it runs at the right speed. Nothing without script.
///
/// Whoever is made nervous by it closes it, and it stays closed from question to
/// question; what is left is still said three times before the end.
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
    /// What is said when the time is up and there is no connection.
    over: String,
    /// Whether what was typed is sent when the time is up; else the page is loaded
    /// anew, because an answer that was sent would stand.
    sends: bool,
    /// What the whole is called, to open and close it by.
    title: String,
    /// When the time is up, as text.
    children: Children,
) -> impl IntoView {
    let shown = RwSignal::new(String::new());
    let told = RwSignal::new(String::new());
    #[cfg(feature = "hydrate")]
    clock::start(
        seconds,
        [(10, ten), (5, five), (1, one)],
        over,
        sends,
        shown,
        told,
    );
    #[cfg(not(feature = "hydrate"))]
    let _ = (seconds, ten, five, one, over, sends);
    let runs = move || !shown.get().is_empty();
    let (before, after) = around(&left);
    view! {
        <details class="clock" open>
            <summary>{title}</summary>
            // In an element of its own: where the children end in text, what a text after them
            // is preceded by is not what hydration looks for.
            <span>{children()}</span>
            " "
            <span class=move || if runs() { "row" } else { "sr" }>
                {move || runs().then(|| before.clone())}" "
                <span class="time" role="timer">{move || shown.get()}</span>
                " "{move || runs().then(|| after.clone())}
            </span>
        </details>
        <span class="told" role="status">{move || told.get()}</span>
    }
}

#[cfg(feature = "hydrate")]
mod clock {
    use std::{cell::Cell, time::Duration};

    use leptos::prelude::*;

    use super::super::{form, kept};
    use crate::islands::listen::listen;

    /// Where it is kept that the clock is closed.
    const CLOSED: &str = "cairn.clock-closed";

    /// Late answers are taken so long, in seconds; then the page is loaded anew.
    const GRACE: f64 = 12.0;

    /// `words` are what is said when so many minutes are left; `over` when none is, and
    /// nothing can be sent.
    pub(super) fn start(
        seconds: u32,
        words: [(i32, String); 3],
        over: String,
        sends: bool,
        shown: RwSignal<String>,
        told: RwSignal<String>,
    ) {
        stay_as_left();
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
                let is_online = window().navigator().on_line();
                if left <= 0.0 && !sent.replace(true) {
                    match form() {
                        Some(form) if !is_online => {
                            // What was given in time stays as it is until it can be sent.
                            let _ = form.set_attribute("inert", "");
                            told.set(over.clone());
                        }
                        Some(form) if sends => drop(form.request_submit()),
                        _ => drop(window().location().reload()),
                    }
                }
                if left < -GRACE && is_online {
                    let _ = window().location().reload();
                }
            },
            Duration::from_secs(1),
        );
    }

    /// Closes the clock if it was closed on the page before.
    fn stay_as_left() {
        let (Some(store), Ok(Some(clock))) = (kept::store(), document().query_selector(".clock")) else {
            return;
        };
        if store.get_item(CLOSED).is_ok_and(|closed| closed.is_some()) {
            let _ = clock.remove_attribute("open");
        }
        let target = clock.clone();
        listen(&target, "toggle", move |_| {
            let _ = if clock.has_attribute("open") {
                store.remove_item(CLOSED)
            } else {
                store.set_item(CLOSED, "1")
            };
        });
    }

    #[expect(clippy::cast_possible_truncation, reason = "between 0 and three years")]
    fn whole(seconds: f64) -> i32 {
        seconds.ceil().clamp(0.0, 1e8) as i32
    }
}
