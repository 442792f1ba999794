//! The frame around every page: head, header, navigation, footer.

use leptos::prelude::*;

use crate::{i18n::t, page::done_notice, visit::Visit};

/// The whole document.
#[component]
pub(crate) fn Frame(visit: Visit, title: String, nonce: String, main: AnyView) -> impl IntoView {
    let assets = visit.site.assets.root.clone();
    let site_name = visit
        .place
        .as_ref()
        .map_or_else(|| t!("site-name"), |(tenant, _)| tenant.name.clone());
    let theme = visit
        .person
        .as_ref()
        .map(|person| person.theme.clone())
        .filter(|theme| theme != "auto");
    let done = done_notice(&visit);
    view! {
        <html lang=visit.locale.tag() dir=visit.locale.direction() data-theme=theme>
            <head>
                <meta charset="utf-8" />
                <meta name="viewport" content="width=device-width, initial-scale=1" />
                <meta name="color-scheme" content="light dark" />
                <title>{format!("{title} – {site_name}")}</title>
                <link rel="stylesheet" href=format!("{assets}/cairn.css") />
                <link rel="icon" href=format!("{assets}/favicon.svg") type="image/svg+xml" />
                <script type="module" src=format!("{assets}/start.js")></script>
                <Brand visit=visit.clone() nonce />
            </head>
            <body>
                <a class="skip-link" href="#main">{t!("frame-skip")}</a>
                <Header visit=visit.clone() />
                <main id="main" tabindex="-1">
                    {done.map(|text| view! { <div class="notice" role="status"><p>{text}</p></div> })}
                    {main}
                </main>
                <footer class="site-footer">
                    <p>{t!("frame-footer")}</p>
                    <ul>
                        <li><a href="/verify">{t!("nav-verify")}</a></li>
                    </ul>
                </footer>
            </body>
        </html>
    }
}

/// The tenant's colours.
#[component]
fn Brand(visit: Visit, nonce: String) -> impl IntoView {
    visit.place.as_ref().map(|(tenant, _)| {
        let colours = format!(":root{{--accent-seed:{}}}", tenant.accent);
        view! { <style nonce=nonce>{colours}</style> }
    })
}

#[component]
fn Header(visit: Visit) -> impl IntoView {
    let home = visit
        .place
        .as_ref()
        .map_or_else(|| "/".to_owned(), |(tenant, _)| format!("/t/{}", tenant.slug));
    let name = visit
        .place
        .as_ref()
        .map_or_else(|| t!("site-name"), |(tenant, _)| tenant.name.clone());
    view! {
        <header class="site-header">
            <a class="site-name" href=home>{name}</a>
            <nav aria-label=t!("nav-label")>
                <ul>
                    {match visit.person {
                        Some(person) => view! {
                            <li><a href="/progress">{t!("nav-progress")}</a></li>
                            <li><a href="/wallet">{t!("nav-wallet")}</a></li>
                            <li><a href="/account">{person.name}</a></li>
                        }.into_any(),
                        None => view! { <li><a href="/sign-in">{t!("nav-sign-in")}</a></li> }.into_any(),
                    }}
                </ul>
            </nav>
        </header>
    }
}
