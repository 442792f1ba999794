//! The frame around every page: head, header, navigation, footer.

use domain::tenancy::{Accent, Palette, Shades};
use leptos::prelude::*;

use super::{
    Notice, PostButton, Tone,
    card::Avatar,
    logo::Logo,
    navigation::{Place, links},
};
use crate::{i18n::t, page::done_notice, visit::Visit};

/// How wide a page is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(crate) enum Layout {
    /// For reading and looking around.
    #[default]
    Page,
    /// A column of forms or results.
    Narrow,
    /// For working: teaching, administration.
    Wide,
    /// The page lays itself out, in `div.hero` and `div.page.wrap`.
    Open,
}

impl Layout {
    fn main(self) -> Option<&'static str> {
        match self {
            Self::Page => Some("page wrap"),
            Self::Narrow => Some("page narrow wrap"),
            Self::Wide => Some("page wide wrap"),
            Self::Open => None,
        }
    }

    fn wrap(self) -> &'static str {
        if self == Self::Wide { "wrap wide" } else { "wrap" }
    }
}

/// The whole document.
#[component]
pub(crate) fn Frame(visit: Visit, title: String, nonce: String, layout: Layout, main: AnyView) -> AnyView {
    let assets = visit.site.assets.root.clone();
    let site_name = site_name(&visit);
    let theme = visit
        .person
        .as_ref()
        .map(|person| person.theme.clone())
        .filter(|theme| theme != "auto");
    let done = done_notice(&visit).map(|text| {
        view! { <Notice tone=Tone::Good announced=true><p>{text}</p></Notice> }
    });
    view! {
        <html lang=visit.locale.tag() dir=visit.locale.direction() data-theme=theme>
            <head>
                <meta charset="utf-8" />
                <meta name="viewport" content="width=device-width, initial-scale=1" />
                <meta name="color-scheme" content="light dark" />
                <title>{format!("{title} – {site_name}")}</title>
                <link rel="stylesheet" href=format!("{assets}/cairn.css") />
                <link rel="icon" href=format!("{assets}/favicon.ico") sizes="32x32" />
                <link rel="icon" href=format!("{assets}/favicon.svg") type="image/svg+xml" />
                <script type="module" src=format!("{assets}/start.js")></script>
                <Brand visit=visit.clone() nonce />
            </head>
            <body>
                <a class="skip" href="#main">{t!("frame-skip")}</a>
                <Header visit=visit.clone() layout />
                <main id="main" tabindex="-1" class=layout.main()>{done}{main}</main>
                <footer class="site-foot">
                    <div class=layout.wrap()>
                        <p>{t!("frame-footer")}</p>
                        <ul role="list">{links(vec![Place::new("/verify", t!("nav-verify"))])}</ul>
                    </div>
                </footer>
            </body>
        </html>
    }
    .into_any()
}

/// The tenant's colours. Without any, the style sheet has its own.
#[component]
fn Brand(visit: Visit, nonce: String) -> AnyView {
    visit
        .place
        .and_then(|(tenant, _)| Accent::parse(&tenant.accent).ok())
        .map(|accent| view! { <style nonce=nonce>{colours(&accent.palette())}</style> })
        .into_any()
}

fn colours(palette: &Palette) -> String {
    let theme = |name: &str, shades: Shades| {
        let Shades { fill, on_fill, text } = shades;
        format!("--accent-{name}:{fill};--on-accent-{name}:{on_fill};--accent-text-{name}:{text};")
    };
    let (light, dark) = (theme("light", palette.light), theme("dark", palette.dark));
    format!(":root{{{light}{dark}}}")
}

/// The links stand twice where somebody is signed in, one list shown at a time,
/// so that a menu opens without script.
#[component]
fn Header(visit: Visit, layout: Layout) -> AnyView {
    let home = visit
        .place
        .as_ref()
        .map_or_else(|| "/".to_owned(), |(tenant, _)| format!("/t/{}", tenant.slug));
    let name = site_name(&visit);
    let path = visit.uri.path().to_owned();
    let navigation = match visit.person {
        Some(person) => {
            let places = places(&path);
            view! {
                <nav class="on-wide" aria-label=t!("nav-label")><ul>{links(places.clone())}</ul></nav>
                <details class="menu on-wide">
                    <summary><Avatar name=person.name /><span class="sr">{t!("nav-your-account")}</span></summary>
                    <ul role="list"><Account /></ul>
                </details>
                <details class="menu on-narrow">
                    <summary>{t!("nav-menu")}</summary>
                    <nav aria-label=t!("nav-label")><ul>{links(places)}<Account /></ul></nav>
                </details>
            }
            .into_any()
        }
        None => view! {
            <nav aria-label=t!("nav-label")>
                <ul>{links(vec![Place::new("/sign-in", t!("nav-sign-in")).at(&path)])}</ul>
            </nav>
        }
        .into_any(),
    };
    view! {
        <header class="site-head">
            <div class=layout.wrap()>
                <a class="mark" href=home><Logo /><span>{name}</span></a>
                {navigation}
            </div>
        </header>
    }
    .into_any()
}

fn places(path: &str) -> Vec<Place> {
    vec![
        Place::new("/progress", t!("nav-progress")).at(path),
        Place::new("/wallet", t!("nav-wallet")).at(path),
    ]
}

#[component]
fn Account() -> AnyView {
    view! {
        {links(vec![Place::new("/account", t!("nav-account"))])}
        <li><PostButton action="/sign-out" text=t!("nav-sign-out") class="button quiet" /></li>
    }
    .into_any()
}

fn site_name(visit: &Visit) -> String {
    visit
        .place
        .as_ref()
        .map_or_else(|| t!("site-name"), |(tenant, _)| tenant.name.clone())
}
