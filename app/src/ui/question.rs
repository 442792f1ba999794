//! What questions are answered with, and the bar above an attempt.
//!
//! `html` is what the domain made of an author's Markdown, and safe to show.

use leptos::prelude::*;

use super::{Tone, field::id_of};
use crate::i18n::t;

/// One answer of several.
#[derive(Debug, Clone)]
pub(crate) struct Answer {
    pub(crate) value: String,
    pub(crate) html: String,
    pub(crate) chosen: bool,
    /// Once it is marked: how it was, and in a word.
    pub(crate) mark: Option<(Tone, String)>,
}

/// Answers to choose from: one, or with `many` any number. A marked one can no
/// longer be changed.
#[component]
pub(crate) fn Answers(
    #[prop(into)] field: String,
    answers: Vec<Answer>,
    #[prop(optional)] many: bool,
    #[prop(optional)] fixed: bool,
) -> AnyView {
    let kind = if many { "checkbox" } else { "radio" };
    let first = id_of(&field);
    let rows = answers
        .into_iter()
        .enumerate()
        .map(|(place, answer)| {
            let id = if place == 0 {
                first.clone()
            } else {
                format!("{first}-{place}")
            };
            let tone = answer.mark.as_ref().map_or(Tone::Plain, |(tone, _)| *tone);
            view! {
                <label class=tone.class("answer")>
                    <input
                        type=kind
                        id=id
                        name=field.clone()
                        value=answer.value
                        checked=answer.chosen
                        disabled=fixed
                    />
                    <span inner_html=answer.html></span>
                    {answer.mark.map(|(tone, text)| view! { <span class=tone.class("tag")>{text}</span> })}
                </label>
            }
        })
        .collect_view();
    view! { <div class="answers">{rows}</div> }.into_any()
}

/// A row to be put in its place.
#[derive(Debug, Clone)]
pub(crate) struct Row {
    /// Its own form field.
    pub(crate) field: String,
    /// The place it was given, from 1; empty while it has none.
    pub(crate) place: String,
    pub(crate) html: String,
    /// What it says, without markup.
    pub(crate) text: String,
}

/// Rows to be put in order: by number, or by pressing a row's buttons, which
/// send the form with `move` set to `up FIELD` or `down FIELD`.
#[component]
pub(crate) fn Order(rows: Vec<Row>, #[prop(optional)] fixed: bool) -> AnyView {
    let last = rows.len();
    let rows = rows
        .into_iter()
        .zip(1_usize..)
        .map(|(row, place)| {
            let step = |way: &'static str, sign: &'static str, end: usize| {
                let label = t!(&format!("ui-move-{way}"), text = row.text.clone());
                view! {
                    <button
                        class="step"
                        name="move"
                        value=format!("{way} {}", row.field)
                        aria-label=label
                        disabled=place == end
                    >{sign}</button>
                }
            };
            view! {
                <li>
                    <input
                        id=id_of(&row.field)
                        name=row.field.clone()
                        value=row.place.clone()
                        inputmode="numeric"
                        maxlength="3"
                        disabled=fixed
                        aria-label=t!("ui-place-of", text = row.text.clone())
                    />
                    <span inner_html=row.html.clone()></span>
                    {(!fixed).then(|| view! {
                        <span class="buttons">{step("up", "↑", 1)}{step("down", "↓", last)}</span>
                    })}
                </li>
            }
        })
        .collect_view();
    view! { <ol class="order" role="list">{rows}</ol> }.into_any()
}

/// A source, and the target given to it (empty: none).
#[derive(Debug, Clone)]
pub(crate) struct Pair {
    /// The source's form field.
    pub(crate) field: String,
    pub(crate) html: String,
    pub(crate) target: String,
}

/// Sources, each with a list of the targets: (value, text without markup).
#[component]
pub(crate) fn Match(
    pairs: Vec<Pair>,
    targets: Vec<(String, String)>,
    #[prop(optional)] fixed: bool,
) -> AnyView {
    let rows = pairs
        .into_iter()
        .map(|pair| {
            let id = id_of(&pair.field);
            let options = targets
                .iter()
                .map(|(value, text)| {
                    let chosen = *value == pair.target;
                    view! { <option value=value.clone() selected=chosen>{text.clone()}</option> }
                })
                .collect_view();
            view! {
                <div>
                    <label for=id.clone() inner_html=pair.html></label>
                    <select id=id name=pair.field disabled=fixed>
                        <option value="">{t!("ui-choose-one")}</option>
                        {options}
                    </select>
                </div>
            }
        })
        .collect_view();
    view! { <div class="match">{rows}</div> }.into_any()
}

/// A question of an attempt, in the list of all.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Numbered {
    pub(crate) answered: bool,
    pub(crate) flagged: bool,
    pub(crate) here: bool,
}

/// All questions of an attempt: buttons of its form, which send it with `go` set
/// to the question's number.
#[component]
pub(crate) fn Palette(questions: Vec<Numbered>) -> AnyView {
    let questions = questions
        .into_iter()
        .zip(1_u32..)
        .map(|(question, number)| {
            let state = if question.answered { "answered" } else { "open" };
            let mut name = t!(&format!("ui-question-{state}"), number = number);
            if question.flagged {
                name = t!("ui-question-flagged", question = name);
            }
            view! {
                <li>
                    <button
                        name="go"
                        value=number.to_string()
                        aria-label=name
                        aria-current=question.here.then_some("step")
                        data-state=state
                        data-flag=question.flagged.then_some("")
                    >{number}</button>
                </li>
            }
        })
        .collect_view();
    view! { <ol class="palette" role="list">{questions}</ol> }.into_any()
}

/// Why an answer was right or not, when that is shown.
#[component]
pub(crate) fn Feedback(tone: Tone, #[prop(into)] html: String) -> AnyView {
    view! { <div class=tone.class("feedback prose") inner_html=html></div> }.into_any()
}
