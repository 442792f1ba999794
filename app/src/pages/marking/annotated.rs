//! A learner's text with what was said of places in it.

use std::{collections::BTreeSet, ops::Range};

use domain::assessment::{Annotation, segments};
use leptos::prelude::*;

use crate::i18n::t;

/// A text, the places of which something was said numbered, and beneath it what was
/// said. Each number leads to the other of its kind.
#[component]
pub(crate) fn Annotated(
    text: String,
    annotations: Vec<Annotation>,
    /// What the ids begin with: no other text on the page has it.
    #[prop(into)]
    prefix: String,
    /// Its sentences, where their numbers are to be shown.
    #[prop(optional)]
    numbered: Vec<Range<usize>>,
    /// With a button at each that takes it away: it sends `do` as this word and the
    /// annotation's key.
    #[prop(optional_no_strip)]
    removed_by: Option<String>,
) -> AnyView {
    let pieces = pieces(&text, &annotations, &prefix, numbered);
    let said = annotations.into_iter().zip(1_usize..).map(|(it, number)| {
        let remove = removed_by.as_ref().map(|word| {
            view! {
                " "
                <button class="button quiet small" name="do" value=format!("{word} {}", it.key())>
                    {t!("marking-note-remove")}<span class="sr">" "{number}</span>
                </button>
            }
        });
        view! {
            <li id=format!("{prefix}-note-{number}")>
                <span class="said">{it.comment}</span>
                " "
                <a href=format!("#{prefix}-at-{number}")>
                    {t!("marking-note-place")}<span class="sr">" "{number}</span>
                </a>
                {remove}
            </li>
        }
    });
    let said = said.collect_view();
    let has_any = !said.is_empty();
    view! {
        <blockquote class="prose annotated">{pieces}</blockquote>
        {has_any.then(|| view! { <ol class="notes" role="list">{said}</ol> })}
    }
    .into_any()
}

fn pieces(text: &str, annotations: &[Annotation], prefix: &str, numbered: Vec<Range<usize>>) -> AnyView {
    let said = annotations.len();
    let mut all = annotations.to_vec();
    // Places like the others, of which nothing is said.
    all.extend(numbered.into_iter().map(|place| Annotation {
        start: place.start,
        end: place.end,
        comment: String::new(),
    }));
    let mut begun = BTreeSet::new();
    let pieces = segments(text, &all).into_iter().map(|piece| {
        let sentence = piece
            .within
            .iter()
            .filter(|place| **place >= said)
            .find(|place| begun.insert(**place))
            .map(|place| {
                let number = place - said + 1;
                view! { <sup class="sentence">{number}" "</sup> }
            });
        let numbers = piece.ends.iter().filter(|place| **place < said).map(|place| {
            let number = place + 1;
            view! {
                <a
                    class="note-number"
                    id=format!("{prefix}-at-{number}")
                    href=format!("#{prefix}-note-{number}")
                    aria-label=t!("marking-note-number", number = number)
                >{number}</a>
            }
        });
        let numbers = numbers.collect_view();
        let shown = if piece.within.iter().any(|place| *place < said) {
            view! { <mark>{piece.text.to_owned()}</mark> }.into_any()
        } else {
            piece.text.to_owned().into_any()
        };
        view! { {sentence}{shown}{numbers} }
    });
    pieces.collect_view().into_any()
}
