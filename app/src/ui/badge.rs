//! Badges, what they rest on, and what a check of one found.

use leptos::prelude::*;

use super::Tone;
use crate::i18n::t;

/// Whether somebody has a badge.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(crate) enum Holding {
    #[default]
    Held,
    /// Not earned yet.
    Open,
    /// No longer held: revoked or expired.
    Lost,
}

/// A badge as a picture with its name.
#[derive(Debug, Clone, Default)]
pub(crate) struct Badge {
    pub(crate) href: String,
    /// The picture's address.
    pub(crate) image: String,
    pub(crate) name: String,
    /// Who issued it and when, or what it still needs.
    pub(crate) detail: String,
    pub(crate) holding: Holding,
    /// A state worth a word.
    pub(crate) tag: Option<(Tone, String)>,
}

impl Badge {
    fn tile(self) -> AnyView {
        let state = match self.holding {
            Holding::Held => None,
            Holding::Open => Some("open"),
            Holding::Lost => Some("revoked"),
        };
        view! {
            <a class="badge" href=self.href data-state=state>
                <img src=self.image alt="" width="128" height="128" loading="lazy" />
                <strong>{self.name}</strong>
                <small>{self.detail}</small>
                {self.tag.map(|(tone, text)| view! { <span class=tone.class("tag")>{text}</span> })}
            </a>
        }
        .into_any()
    }
}

/// Badges side by side.
#[component]
pub(crate) fn Badges(badges: Vec<Badge>) -> AnyView {
    let tiles = badges
        .into_iter()
        .map(|badge| view! { <li>{badge.tile()}</li> })
        .collect_view();
    view! { <ul class="badges" role="list">{tiles}</ul> }.into_any()
}

/// What a check found.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Finding {
    Passed,
    Failed,
    /// It could not be carried out, so nothing is said either way.
    Unknown,
}

impl Finding {
    fn tone(self) -> Tone {
        match self {
            Self::Passed => Tone::Good,
            Self::Failed => Tone::Bad,
            Self::Unknown => Tone::Warn,
        }
    }

    fn word(self) -> String {
        match self {
            Self::Passed => t!("ui-check-passed"),
            Self::Failed => t!("ui-check-failed"),
            Self::Unknown => t!("ui-check-unknown"),
        }
    }
}

/// One check of a badge.
#[derive(Debug, Clone)]
pub(crate) struct Check {
    pub(crate) finding: Finding,
    pub(crate) text: String,
    /// What it was found on: a key's name, a list's address, a cause.
    pub(crate) detail: String,
}

/// The result of checking a badge: the verdict in a sentence, when and on what
/// it stands, and each check.
#[component]
pub(crate) fn Verdict(
    /// Of the title, by which the section is named.
    #[prop(default = "verdict")]
    id: &'static str,
    finding: Finding,
    #[prop(into)] title: String,
    #[prop(into)] text: String,
    checks: Vec<Check>,
) -> AnyView {
    let checks = checks
        .into_iter()
        .map(|check| {
            view! {
                <li class=check.finding.tone().word()>
                    <span class="sr">{check.finding.word()}" "</span>
                    {check.text}
                    {(!check.detail.is_empty()).then(|| view! { <small>{check.detail}</small> })}
                </li>
            }
        })
        .collect_view();
    view! {
        <section class=finding.tone().class("verdict") aria-labelledby=id>
            <header><div><h2 id=id>{title}</h2><p>{text}</p></div></header>
            <ul class="checks" role="list">{checks}</ul>
        </section>
    }
    .into_any()
}
