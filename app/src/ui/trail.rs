//! A course's outline, and a thing's history.

use leptos::prelude::*;

use super::Tone;
use crate::i18n::t;

/// Where a learner stands with an activity.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Standing {
    Done,
    Current,
    Open,
    Locked,
}

impl Standing {
    fn word(self) -> &'static str {
        match self {
            Self::Done => "done",
            Self::Current => "current",
            Self::Open => "open",
            Self::Locked => "locked",
        }
    }
}

/// An activity in an outline.
#[derive(Debug, Clone)]
pub(crate) struct Stop {
    pub(crate) title: String,
    /// What a locked stop has is not followed.
    pub(crate) href: String,
    /// Its kind, and what it waits for.
    pub(crate) note: String,
    pub(crate) standing: Standing,
}

/// A way of activities.
#[component]
pub(crate) fn Trail(stops: Vec<Stop>) -> AnyView {
    let stops = stops
        .into_iter()
        .map(|stop| {
            let standing = stop.standing;
            let title = if standing == Standing::Locked {
                view! { <span>{stop.title}</span> }.into_any()
            } else {
                let here = (standing == Standing::Current).then_some("page");
                view! { <a href=stop.href aria-current=here>{stop.title}</a> }.into_any()
            };
            view! {
                <li data-state=standing.word()>
                    {title}
                    <small>
                        {stop.note}
                        <span class="sr">" "{t!(&format!("ui-standing-{}", standing.word()))}</span>
                    </small>
                </li>
            }
        })
        .collect_view();
    view! { <ol class="trail" role="list">{stops}</ol> }.into_any()
}

/// A module of a course: its name, what it is about, and its way when opened.
#[component]
pub(crate) fn Module(
    #[prop(into)] title: String,
    #[prop(optional, into)] about: String,
    stops: Vec<Stop>,
    open: bool,
) -> AnyView {
    view! {
        <details class="module" open=open>
            <summary>{title}{(!about.is_empty()).then(|| view! { <small>{about}</small> })}</summary>
            <Trail stops />
        </details>
    }
    .into_any()
}

/// Something that happened.
#[derive(Debug, Clone)]
pub(crate) struct Event {
    pub(crate) tone: Tone,
    pub(crate) text: String,
    /// Where more is told about it.
    pub(crate) href: Option<String>,
    /// When, for people.
    pub(crate) when: String,
    /// When, for machines: RFC 3339.
    pub(crate) at: String,
}

/// What happened, newest first.
#[component]
pub(crate) fn History(events: Vec<Event>) -> AnyView {
    let events = events
        .into_iter()
        .map(|event| {
            let text = match event.href {
                Some(href) => view! { <a href=href>{event.text}</a> }.into_any(),
                None => event.text.into_any(),
            };
            view! {
                <li class=event.tone.word()>
                    <p>{text}</p>
                    <time datetime=event.at>{event.when}</time>
                </li>
            }
        })
        .collect_view();
    view! { <ol class="history" role="list">{events}</ol> }.into_any()
}
