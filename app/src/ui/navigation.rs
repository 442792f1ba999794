//! Ways about.

use leptos::prelude::*;

use crate::i18n::t;

/// Somewhere to go.
#[derive(Debug, Clone, Default)]
pub(crate) struct Place {
    pub(crate) href: String,
    pub(crate) text: String,
    /// How many wait there.
    pub(crate) count: Option<u64>,
    /// Is this where the visitor is?
    pub(crate) here: bool,
}

impl Place {
    pub(crate) fn new(href: impl Into<String>, text: impl Into<String>) -> Self {
        Self {
            href: href.into(),
            text: text.into(),
            ..Self::default()
        }
    }

    /// Marked as where the visitor is, if `path` is its address.
    pub(crate) fn at(mut self, path: &str) -> Self {
        self.here = self.href == path;
        self
    }

    pub(crate) fn count(mut self, count: u64) -> Self {
        self.count = Some(count);
        self
    }
}

/// The list items of places.
pub(crate) fn links(places: Vec<Place>) -> AnyView {
    places
        .into_iter()
        .map(|place| {
            let count = place
                .count
                .map(|count| view! { <span class="count">{count}</span> });
            view! {
                <li><a href=place.href aria-current=place.here.then_some("page")>{place.text}{count}</a></li>
            }
        })
        .collect_view()
        .into_any()
}

/// The way down to this page, without the page itself.
#[component]
pub(crate) fn Crumbs(places: Vec<Place>) -> AnyView {
    view! { <nav class="crumbs" aria-label=t!("ui-crumbs")><ol>{links(places)}</ol></nav> }.into_any()
}

/// Places beside a page, in groups with a heading each. The first child of `div.with-side`.
#[component]
pub(crate) fn Side(#[prop(into)] label: String, groups: Vec<(String, Vec<Place>)>) -> AnyView {
    let groups = groups
        .into_iter()
        .map(|(title, places)| view! { <h2>{title}</h2><ul>{links(places)}</ul> })
        .collect_view();
    view! { <nav class="side" aria-label=label>{groups}</nav> }.into_any()
}

/// Views of the same thing, a page each.
#[component]
pub(crate) fn Tabs(#[prop(into)] label: String, places: Vec<Place>) -> AnyView {
    view! { <nav class="tabs" aria-label=label><ul>{links(places)}</ul></nav> }.into_any()
}

/// Links to the pages of a long list; nothing if there is but one.
/// `address` gives that of a page, from 1.
#[component]
pub(crate) fn Pages(page: u32, of: u32, #[prop(into)] address: Callback<u32, String>) -> AnyView {
    let step = move |to: u32, rel: &'static str, text: String| {
        view! { <li><a rel=rel href=address.run(to)>{text}</a></li> }
    };
    let numbers = move |shown: Option<u32>| match shown {
        Some(number) => {
            let here = (number == page).then_some("page");
            let name = t!("ui-page", number = number);
            view! { <li><a href=address.run(number) aria-label=name aria-current=here>{number}</a></li> }
                .into_any()
        }
        None => view! { <li><span aria-hidden="true">"…"</span></li> }.into_any(),
    };
    (of > 1)
        .then(|| {
            view! {
                <nav class="pages" aria-label=t!("ui-pages")>
                    <ul>
                        {(page > 1).then(|| step(page - 1, "prev", t!("ui-back")))}
                        {shown(page, of).into_iter().map(numbers).collect_view()}
                        {(page < of).then(|| step(page + 1, "next", t!("ui-next")))}
                    </ul>
                </nav>
            }
        })
        .into_any()
}

/// Back and on in a list whose pages have no numbers; nothing if there is but one.
#[component]
pub(crate) fn Turns(back: Option<String>, on: Option<String>) -> AnyView {
    (back.is_some() || on.is_some())
        .then(|| {
            view! {
                <nav class="pages" aria-label=t!("ui-pages")>
                    <ul>
                        {back.map(|href| view! { <li><a rel="prev" href=href>{t!("ui-back")}</a></li> })}
                        {on.map(|href| view! { <li><a rel="next" href=href>{t!("ui-next")}</a></li> })}
                    </ul>
                </nav>
            }
        })
        .into_any()
}

/// The first, the last, and those around `page`; `None` where some are left out.
fn shown(page: u32, of: u32) -> Vec<Option<u32>> {
    let mut numbers = Vec::new();
    let mut last = 0;
    let near = page.saturating_sub(1)..=page.saturating_add(1);
    for number in std::iter::once(1).chain(near).chain([of]) {
        if number <= last || number > of {
            continue;
        }
        if number > last + 1 {
            // One number takes no more room than the dots in its place.
            numbers.push((number == last + 2).then_some(last + 1));
        }
        numbers.push(Some(number));
        last = number;
    }
    numbers
}

/// On to the next of a course's activities, and back: (kind, place).
#[component]
pub(crate) fn Onward(
    #[prop(into)] label: String,
    back: Option<Place>,
    next: Option<(String, Place)>,
) -> AnyView {
    view! {
        <nav class="onward prose" aria-label=label>
            {back.map(|place| view! {
                <a rel="prev" href=place.href><small>{t!("ui-back")}</small>{place.text}</a>
            })}
            {next.map(|(kind, place)| view! {
                <a rel="next" href=place.href><small>{t!("ui-next-kind", kind = kind)}</small>{place.text}</a>
            })}
        </nav>
    }
    .into_any()
}

#[cfg(test)]
mod tests {
    use super::shown;

    #[test]
    fn a_long_list_shows_its_ends_and_what_is_near() {
        let text = |page, of| {
            let numbers = shown(page, of).into_iter();
            let words: Vec<_> = numbers
                .map(|number| number.map_or_else(|| "…".to_owned(), |number| number.to_string()))
                .collect();
            words.join(" ")
        };
        for (page, of, expected) in [
            (1, 1, "1"),
            (1, 2, "1 2"),
            (1, 9, "1 2 … 9"),
            (3, 9, "1 2 3 4 … 9"),
            (4, 9, "1 2 3 4 5 … 9"),
            (5, 9, "1 … 4 5 6 … 9"),
            (9, 9, "1 … 8 9"),
            (12, 9, "1 … 9"),
            (0, 3, "1 2 3"),
            (u32::MAX, u32::MAX, "1 … 4294967294 4294967295"),
        ] {
            assert_eq!(text(page, of), expected, "page {page} of {of}");
        }
    }
}
