//! Tables.

use leptos::prelude::*;

/// A table that scrolls in its own region where the screen is narrow. The
/// children are its `thead` and `tbody`, written out.
#[component]
pub(crate) fn Table(
    /// Of the caption, by which the region is named.
    #[prop(into)]
    id: String,
    #[prop(into)] caption: String,
    #[prop(optional)] class: Option<&'static str>,
    children: Children,
) -> AnyView {
    let named_by = id.clone();
    view! {
        <div class="scroll" role="region" tabindex="0" aria-labelledby=named_by>
            <table class=class>
                <caption id=id>{caption}</caption>
                {children()}
            </table>
        </div>
    }
    .into_any()
}
