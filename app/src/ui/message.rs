//! What a page has to say: results, states, emptiness, and a question before
//! something that cannot be undone.

use leptos::prelude::*;

/// How something is meant. Never the only sign: words say the same.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(crate) enum Tone {
    #[default]
    Plain,
    Info,
    Good,
    Warn,
    Bad,
}

impl Tone {
    /// Its class, if it has one.
    pub(crate) fn word(self) -> Option<&'static str> {
        match self {
            Self::Plain => None,
            Self::Info => Some("info"),
            Self::Good => Some("good"),
            Self::Warn => Some("warn"),
            Self::Bad => Some("bad"),
        }
    }

    /// The classes of `part` in this tone: `notice good`.
    pub(crate) fn class(self, part: &str) -> String {
        self.word()
            .map_or_else(|| part.to_owned(), |word| format!("{part} {word}"))
    }
}

/// Something to know. With `announced`, a screen reader says it when the page
/// comes: the result of what was just done.
#[component]
pub(crate) fn Notice(
    tone: Tone,
    #[prop(optional, into)] title: String,
    #[prop(optional)] announced: bool,
    children: Children,
) -> AnyView {
    view! {
        <div class=tone.class("notice") role=announced.then_some("status")>
            {(!title.is_empty()).then(|| view! { <strong>{title}</strong> })}
            {children()}
        </div>
    }
    .into_any()
}

/// A state in one or two words.
#[component]
pub(crate) fn Tag(#[prop(optional)] tone: Tone, #[prop(into)] text: String) -> AnyView {
    view! { <span class=tone.class("tag")>{text}</span> }.into_any()
}

/// In place of a list that has nothing in it: why, and what to do.
#[component]
pub(crate) fn Empty(#[prop(into)] title: String, children: Children) -> AnyView {
    view! { <div class="empty"><h2>{title}</h2>{children()}</div> }.into_any()
}

/// The page before a deed that cannot be undone: what will happen, then the
/// button that does it and a way back, in `div.buttons`.
#[component]
pub(crate) fn Confirm(#[prop(into)] title: String, children: Children) -> AnyView {
    view! { <section class="confirm"><h1>{title}</h1>{children()}</section> }.into_any()
}
