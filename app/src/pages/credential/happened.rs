//! Whether a badge counts, and what its issuer did with it, in words.

use domain::credential::{Standing, Step};
use leptos::prelude::*;
use service::credential;

use crate::{
    i18n::t,
    ui::{Event, History, Notice, Tag, Tone, day, moment},
};

/// That a badge does not count, since when and why; nothing for one that does.
#[component]
pub(in crate::pages) fn Halted(standing: Standing) -> AnyView {
    let Some(halt) = standing.halt() else {
        return ().into_any();
    };
    let (tone, title) = in_short(&standing);
    let (since, reason) = (day(halt.since), halt.reason.clone());
    view! {
        <Notice tone title=format!("{title}: {since}")><p>{reason}</p></Notice>
    }
    .into_any()
}

/// The same as a mark in a list.
pub(super) fn mark(standing: &Standing) -> Option<AnyView> {
    standing.halt().map(|halt| {
        let (tone, title) = in_short(standing);
        let since = day(halt.since);
        view! { <Tag tone text=format!("{title}: {since}") /> }.into_any()
    })
}

/// Whether a badge counts, in a word.
pub(in crate::pages) fn in_short(standing: &Standing) -> (Tone, String) {
    match standing {
        Standing::InForce => (Tone::Good, t!("badge-in-force")),
        Standing::Suspended(_) => (Tone::Warn, t!("badge-suspended")),
        Standing::Revoked(_) => (Tone::Bad, t!("badge-revoked")),
    }
}

/// What became of a badge.
#[component]
pub(in crate::pages) fn Happened(events: Vec<credential::Event>) -> AnyView {
    let events = events
        .into_iter()
        .map(|event| Event {
            tone: match event.step {
                Step::Issued | Step::Reinstated => Tone::Good,
                Step::Suspended => Tone::Warn,
                Step::Revoked => Tone::Bad,
            },
            href: None,
            when: moment(event.at),
            at: event.at.to_rfc3339_seconds(),
            text: sentence(event),
        })
        .collect();
    view! {
        <section class="section">
            <h2>{t!("badge-happened")}</h2>
            <History events />
        </section>
    }
    .into_any()
}

fn sentence(event: credential::Event) -> String {
    let (step, reason) = (event.step, event.reason);
    match event.by {
        Some(by) => t!(&format!("badge-{step}-by"), by = by, reason = reason),
        None => t!(&format!("badge-{step}-then"), reason = reason),
    }
}
