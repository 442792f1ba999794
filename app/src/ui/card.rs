//! Cards, figures, people.

use leptos::prelude::*;

/// One of `ul.cards`; all of it leads to `href`. The children are paragraphs,
/// a progress bar, a `p.meta` last.
#[component]
pub(crate) fn Card(
    #[prop(into)] href: String,
    #[prop(into)] title: String,
    /// The address of a picture. Without one, a landscape is drawn.
    #[prop(optional, into)]
    cover: Option<String>,
    children: Children,
) -> AnyView {
    view! {
        <li class="card">
            <div class="cover">{cover.map(|src| view! { <img src=src alt="" loading="lazy" /> })}</div>
            <h2><a href=href>{title}</a></h2>
            {children()}
        </li>
    }
    .into_any()
}

/// Figures that matter: (what it is, how much).
#[component]
pub(crate) fn Stats(figures: Vec<(String, String)>) -> AnyView {
    let figures = figures
        .into_iter()
        .map(|(what, much)| view! { <div class="stat"><dt>{what}</dt><dd>{much}</dd></div> })
        .collect_view();
    view! { <dl class="stats">{figures}</dl> }.into_any()
}

/// Somebody, with a detail under the name.
#[component]
pub(crate) fn PersonName(#[prop(into)] name: String, #[prop(optional, into)] detail: String) -> AnyView {
    view! {
        <span class="person">
            <Avatar name=name.clone() />
            <span>{name}{(!detail.is_empty()).then(|| view! { <small>{detail}</small> })}</span>
        </span>
    }
    .into_any()
}

/// The first letters of a name, as a stone. The name itself must stand near.
#[component]
pub(crate) fn Avatar(#[prop(into)] name: String) -> AnyView {
    view! { <span class="avatar" aria-hidden="true">{initials(&name)}</span> }.into_any()
}

/// The first letters of the first and of the last word.
fn initials(name: &str) -> String {
    let mut words = name
        .split_whitespace()
        .filter_map(|word| word.chars().find(|letter| letter.is_alphanumeric()));
    words.next().into_iter().chain(words.next_back()).collect()
}

#[cfg(test)]
mod tests {
    use super::initials;

    #[test]
    fn initials_are_of_the_first_and_the_last_word() {
        for (name, letters) in [
            ("Maren Oakfield", "MO"),
            ("Wren", "W"),
            ("Ines de la Fallow", "IF"),
            ("  (Kit)  ", "K"),
            ("Ørjan Åsen", "ØÅ"),
            ("", ""),
            ("—", ""),
        ] {
            assert_eq!(initials(name), letters, "{name:?}");
        }
    }
}
