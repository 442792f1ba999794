//! What somebody typed goes back to them when it could not be taken.

use leptos::prelude::*;
use uuid::Uuid;

use crate::{form::Form, i18n::t, ui::in_textarea};

/// Fields that a page fills in, or lets people fill in with words of ours. All
/// others are typed.
const NOT_TYPED: &[&str] = &[
    "activity",
    "after",
    "back",
    "course",
    "do",
    "feedback",
    "flagged",
    "go",
    "id",
    "item",
    "join",
    "key",
    "kind",
    "layout",
    "locale",
    "mode",
    "move",
    "policy",
    "purpose",
    "remove",
    "revision",
    "role",
    "seed",
    "sequence",
    "sign_up",
    "theme",
    "token",
    "tolerance",
    "type",
    "unseen",
    "version",
    "way",
];

/// How what was typed gets to where it was meant to go.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Way {
    /// It is sent again by whoever has signed in.
    SignIn,
    /// It is sent again: what failed once need not fail twice.
    Again,
    /// It is copied into the page that it came from.
    Page,
    /// It is copied to somewhere else: its page is gone.
    Elsewhere,
}

/// What was typed, with the way on from `address`. Passwords are not shown.
pub(crate) fn given_back(form: &Form, address: String, way: Way) -> AnyView {
    let has_password = form.iter().any(|(name, _)| is_password(name));
    let kept = form.iter().filter(|(name, _)| !is_password(name));
    let (typed, rest): (Vec<_>, Vec<_>) = kept.partition(|(name, value)| is_typed(name, value));
    let texts: Vec<AnyView> = typed
        .into_iter()
        .zip(1..)
        .map(|((name, value), number)| text(name, value, number))
        .collect();
    let is_sent_again = match way {
        Way::SignIn => true,
        // Without its password it would only fail in another way.
        Way::Again => !has_password,
        Way::Page | Way::Elsewhere => false,
    };
    if is_sent_again {
        let rest = rest.into_iter().map(|(name, value)| {
            view! { <input type="hidden" name=name.to_owned() value=value.to_owned() /> }
        });
        let rest = rest.collect_view();
        return view! {
            {(way == Way::SignIn).then(|| view! {
                <p><a href="/sign-in" target="_blank">{t!("trouble-sign-in")}</a></p>
            })}
            <form method="post" action=address>
                {texts}
                {rest}
                <div class="buttons"><button class="button">{t!("trouble-send-again")}</button></div>
            </form>
        }
        .into_any();
    }
    // Buttons without a text have no page of their own to go back to.
    if texts.is_empty() {
        return ().into_any();
    }
    view! {
        {(way != Way::Elsewhere).then(|| view! {
            <p><a href=address target="_blank">{t!("trouble-open-again")}</a></p>
        })}
        <section class="section"><h2>{t!("trouble-typed")}</h2>{texts}</section>
    }
    .into_any()
}

fn text(name: &str, value: &str, number: usize) -> AnyView {
    let id = format!("typed-{number}");
    let rows = value.lines().count().clamp(1, 12).to_string();
    view! {
        <div class="field full">
            <label for=id.clone()>{t!("trouble-typed-field", number = number)}</label>
            <textarea id=id name=name.to_owned() rows=rows readonly>{in_textarea(value)}</textarea>
        </div>
    }
    .into_any()
}

fn is_password(name: &str) -> bool {
    name.contains("password")
}

/// Was this typed by a person? If not it is an id, a revision, a ticked box or a
/// choice: `q3.sequence`, `badge:0198c0de-…`.
fn is_typed(name: &str, value: &str) -> bool {
    let own = name.rsplit('.').next().unwrap_or_default();
    let is_answer = name.contains(".r.");
    let named = value.rsplit(':').next().unwrap_or_default();
    !value.trim().is_empty()
        && (is_answer || !own.starts_with("seen") && !NOT_TYPED.contains(&own) && value != "yes")
        && Uuid::try_parse(named).is_err()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn whatever_a_person_typed_is_told_from_what_the_page_filled_in() {
        for (name, value) in [
            ("title", "Rivers"),
            ("title", "\u{6cb3}\u{5ddd}\u{7684}\u{8d70}\u{5411}"),
            ("summary", "https://rivers.example/bends"),
            ("q0.r.1", "yes"),
            ("q0.r.1.id", "2"),
            ("R.comment", "\u{3088}\u{304f}\u{66f8}\u{3051}\u{305f}"),
            ("draw-0-count", "3"),
        ] {
            assert!(is_typed(name, value), "{name}={value}");
        }
        let id = "0198c0de-0000-7000-8000-00000000f0f0";
        let badge = format!("badge:{id}");
        for (name, value) in [
            ("revision", "12"),
            ("id", id),
            ("draw-0-competency", id),
            ("part-0-what", &badge),
            ("q0.sequence", "4"),
            ("q0.seen", "00ff00ff00ff00ff"),
            ("q0.flag", "yes"),
            ("go", "check"),
            ("do", "publish"),
            ("title", " "),
            ("title", ""),
        ] {
            assert!(!is_typed(name, value), "{name}={value}");
        }
    }

    #[test]
    fn no_password_is_typed_where_others_see_it() {
        assert!(is_password("password") && is_password("current-password"));
        assert!(!is_password("access-code"));
    }
}
