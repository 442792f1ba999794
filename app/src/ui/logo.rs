//! Cairn's mark.

use leptos::prelude::*;

/// Three stones, in the accent. The same drawing as `public/favicon.svg`.
#[component]
pub(crate) fn Logo() -> AnyView {
    view! {
        <svg viewBox="0 0 32 32" width="36" height="36" aria-hidden="true">
            <path d="M2.6 27.3c-.7-4 4-6.7 11.2-7.1 8.2-.5 15 1.3 15.7 5 .6 3.5-3.8 5.6-12.6 5.8-8.6.2-13.8-.8-14.3-3.7Z" />
            <path d="M6.1 16c-.2-3.5 3.3-5.3 8.9-5.5 5.8-.2 9.8 1.3 10 4.3.2 3.1-3.5 4.3-9.5 4.4-6.2.1-9.2-.4-9.4-3.2Z" />
            <path d="M11.3 6c-.2-3.2 2.3-5.2 5.6-5.3 3.5-.1 5.8 1.9 5.9 4.8.1 3-2.1 4-5.6 4.1-3.7.1-5.7-.9-5.9-3.6Z" />
        </svg>
    }
    .into_any()
}
