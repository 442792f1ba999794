//! Dates and times, as people read them.

use domain::Timestamp;
use leptos::prelude::*;

use crate::i18n::{Locale, args, current, t};

/// A day and a time of day.
#[component]
pub(crate) fn Moment(at: Timestamp) -> AnyView {
    view! { <time datetime=at.to_rfc3339_seconds()>{moment(at)}</time> }.into_any()
}

/// A day.
#[component]
pub(crate) fn Day(at: Timestamp) -> AnyView {
    view! { <time datetime=at.to_date()>{day(at)}</time> }.into_any()
}

/// The day and the time of day in words; in UTC, because only script could ask
/// the reader's own clock.
pub(crate) fn moment(at: Timestamp) -> String {
    let machine = at.to_rfc3339_seconds();
    let time = machine.get(11..16).unwrap_or_default().to_owned();
    t!("moment", date = day(at), time = time)
}

/// The day in words, with the month's name; in UTC.
pub(crate) fn day(at: Timestamp) -> String {
    day_in(&current(), at)
}

/// The same in this language, outside of a page.
pub(crate) fn day_in(locale: &Locale, at: Timestamp) -> String {
    let date = at.to_date();
    let parts: Vec<i64> = date.split('-').filter_map(|part| part.parse().ok()).collect();
    let part = |place: usize| parts.get(place).copied().unwrap_or_default();
    // The year as text: a number would be grouped in some languages.
    locale.text(
        "moment-day",
        &args!(year = part(0).to_string(), month = part(1), day = part(2)),
    )
}
