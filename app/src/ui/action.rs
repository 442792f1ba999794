//! Deeds that are one button. Buttons in forms are plain
//! `<button class="button">`, with `secondary`, `quiet` or `danger`.

use leptos::prelude::*;

/// A form of one button: it posts to `action`, with `fields` (name, value).
#[component]
pub(crate) fn PostButton(
    #[prop(into)] action: String,
    #[prop(into)] text: String,
    /// After the text, for screen readers only: on what, where a page has many such buttons.
    #[prop(optional, into)]
    what: String,
    #[prop(default = "button")] class: &'static str,
    #[prop(optional)] fields: Vec<(&'static str, String)>,
) -> AnyView {
    let hidden = fields
        .into_iter()
        .map(|(name, value)| view! { <input type="hidden" name=name value=value /> })
        .collect_view();
    view! {
        <form class="inline" method="post" action=action>
            {hidden}
            <button class=class>
                {text}
                {(!what.is_empty()).then(|| view! { <span class="sr">" "{what}</span> })}
            </button>
        </form>
    }
    .into_any()
}
