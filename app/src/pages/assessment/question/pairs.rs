//! Choices to be paired with each other: two lists for each pair.

use domain::assessment::InteractionView;
use leptos::prelude::*;

use super::Asked;
use crate::i18n::t;

impl Asked {
    /// `choices` are the names of choices with what they say, as Markdown.
    pub(super) fn pairs(&self, it: &InteractionView, choices: &[(&String, String)], pairs: usize) -> AnyView {
        let end = |pair: usize, second: bool| {
            let name = if second {
                t!("question-pair-second", number = pair + 1)
            } else {
                t!("question-pair-first", number = pair + 1)
            };
            let choices = choices.iter().map(|(id, content)| (*id, content));
            self.select(&it.field_of_pair(pair, second), choices, name, None)
        };
        let rows = (0..pairs).map(|pair| {
            view! { <li>{end(pair, false)}<span>{t!("question-pair-with")}</span>{end(pair, true)}</li> }
        });
        view! { <ol class="pairs" role="list">{rows.collect_view()}</ol> }.into_any()
    }
}
