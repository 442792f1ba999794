//! The frame around every page: head, header, navigation, footer.

use domain::tenancy::{Accent, Palette, Permission, Shades};
use leptos::prelude::*;

use super::{
    Notice, PostButton, Tone,
    card::Avatar,
    logo::Logo,
    navigation::{Place, links},
};
use crate::{i18n::t, visit::Visit};

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
pub(crate) fn Frame(
    visit: Visit,
    title: String,
    nonce: String,
    layout: Layout,
    /// What was done just before.
    done: Option<String>,
    main: AnyView,
) -> AnyView {
    let assets = visit.site.assets.root.clone();
    let site_name = site_name(&visit);
    let theme = visit
        .person
        .as_ref()
        .map(|person| person.theme.clone())
        .filter(|theme| theme != "auto");
    let done = done.map(|text| {
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
                        <ul role="list">
                            {links(vec![
                                Place::new("/", t!("nav-all")),
                                Place::new("/verify", t!("nav-verify")),
                            ])}
                        </ul>
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

/// The links stand twice, one list shown at a time, so that a menu opens
/// without script.
#[component]
fn Header(visit: Visit, layout: Layout) -> AnyView {
    let home = visit
        .place
        .as_ref()
        .map_or_else(|| "/".to_owned(), |(tenant, _)| format!("/t/{}", tenant.slug));
    let name = site_name(&visit);
    let mark = mark(&visit);
    let places = places(&visit);
    let navigation = match visit.person {
        Some(person) => view! {
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
        .into_any(),
        None => view! {
            <nav class="on-wide" aria-label=t!("nav-label")><ul>{links(places.clone())}</ul></nav>
            <details class="menu on-narrow">
                <summary>{t!("nav-menu")}</summary>
                <nav aria-label=t!("nav-label")><ul>{links(places)}</ul></nav>
            </details>
        }
        .into_any(),
    };
    view! {
        <header class="site-head">
            <div class=layout.wrap()>
                <a class="mark" href=home>{mark}<span>{name}</span></a>
                {navigation}
            </div>
        </header>
    }
    .into_any()
}

/// Where one can go from here: the same on every page of a tenant, by what one
/// is there.
fn places(visit: &Visit) -> Vec<Place> {
    let path = visit.uri.path();
    let within = |href: String, key: &str| {
        let here = path == href || path.starts_with(&format!("{href}/"));
        Place {
            here,
            ..Place::new(href, t!(key))
        }
    };
    let base = visit
        .place
        .as_ref()
        .map(|(tenant, _)| format!("/t/{}", tenant.slug));
    let home = base.clone().unwrap_or_else(|| "/".to_owned());
    let courses = format!("{}/courses/", base.as_deref().unwrap_or_default());
    let mut places = vec![Place {
        here: path == home || path.starts_with(&courses),
        ..Place::new(home, t!("nav-courses"))
    }];
    if visit.person.is_none() {
        places.push(within("/verify".to_owned(), "nav-verify"));
        places.push(within("/sign-in".to_owned(), "nav-sign-in"));
        return places;
    }
    let progress = base
        .as_ref()
        .filter(|base| path.starts_with(&format!("{base}/progress")));
    let progress = progress.map_or_else(|| "/progress".to_owned(), |base| format!("{base}/progress"));
    places.push(within(progress, "nav-progress"));
    places.push(within("/wallet".to_owned(), "nav-wallet"));
    if let Some((ctx, base)) = visit.place.as_ref().map(|(_, ctx)| ctx).zip(base) {
        if ctx.may(Permission::Author) {
            places.push(within(format!("{base}/teach"), "nav-teach"));
        } else if ctx.may(Permission::Mark) {
            places.push(within(format!("{base}/teach/marking"), "nav-marking"));
        }
        if ctx.may(Permission::ManagePeople) {
            places.push(within(format!("{base}/admin"), "nav-admin"));
        }
    }
    if visit.person.as_ref().is_some_and(|person| person.is_operator) {
        places.push(within("/operator".to_owned(), "nav-operator"));
    }
    places
}

#[component]
fn Account() -> AnyView {
    view! {
        {links(vec![Place::new("/account", t!("nav-account"))])}
        <li><PostButton action="/sign-out" text=t!("nav-sign-out") class="button quiet" /></li>
    }
    .into_any()
}

/// The tenant's logo; Cairn's own where there is none.
fn mark(visit: &Visit) -> AnyView {
    let logo = visit
        .place
        .as_ref()
        .and_then(|(tenant, _)| Some(format!("/t/{}/files/{}", tenant.slug, tenant.logo?)));
    match logo {
        Some(address) => view! { <img src=address alt="" /> }.into_any(),
        None => view! { <Logo /> }.into_any(),
    }
}

fn site_name(visit: &Visit) -> String {
    visit
        .place
        .as_ref()
        .map_or_else(|| t!("site-name"), |(tenant, _)| tenant.name.clone())
}
