//! How far somebody has come.

use leptos::prelude::*;

use super::{Tag, Tone};

/// A bar, with the words that say the same.
#[component]
pub(crate) fn Progress(
    done: u32,
    of: u32,
    /// Of what: a course's name.
    #[prop(into)]
    label: String,
    /// "3 of 8 activities done".
    #[prop(into)]
    text: String,
) -> AnyView {
    view! {
        <div class="progress">
            <progress value=done.min(of) max=of.max(1) aria-label=label></progress>
            <span>{text}</span>
        </div>
    }
    .into_any()
}

/// A competency: a cairn that grows with what was shown, the evidence in a
/// sentence, the decision in a word.
#[component]
pub(crate) fn Mastery(
    #[prop(into)] title: String,
    /// Where all that stands behind it is shown.
    #[prop(optional, into)]
    href: Option<String>,
    #[prop(into)] text: String,
    /// 0 to 5. The fifth is laid by a decision, never by an estimate.
    stones: u8,
    tone: Tone,
    /// Empty where the title says it.
    #[prop(optional, into)]
    state: String,
) -> AnyView {
    let title = match href {
        Some(href) => view! { <a href=href>{title}</a> }.into_any(),
        None => title.into_any(),
    };
    view! {
        <div class="mastery">
            <Cairn stones />
            <div><h3>{title}</h3><p>{text}</p></div>
            {(!state.is_empty()).then(|| view! { <Tag tone text=state /> })}
        </div>
    }
    .into_any()
}

/// The picture alone; words must stand beside it.
#[component]
pub(crate) fn Cairn(stones: u8, #[prop(optional)] large: bool) -> AnyView {
    let class = if large { "cairn large" } else { "cairn" };
    view! { <span class=class data-stones=stones.min(5).to_string() aria-hidden="true"></span> }.into_any()
}
