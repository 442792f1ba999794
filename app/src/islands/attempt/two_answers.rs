//! Two answers to one question: the words and buttons with which the learner sees
//! both and chooses. The page has them ready, hidden, as `#two-answers`.

use leptos::{
    prelude::document,
    web_sys::{Element, Event, HtmlFormElement},
};

use super::{fields, rows};

/// What a button of them asks for.
pub(super) enum Asked {
    /// To see the answer that is not shown.
    Other,
    /// To keep the one that is.
    Keep,
}

/// What a click asks for, if it is on one of the buttons.
pub(super) fn asked(click: &Event) -> Option<Asked> {
    let button = rows::closest(click, "#two-answers button")?;
    Some(match button.get_attribute("value")?.as_str() {
        "keep" => Asked::Keep,
        _ => Asked::Other,
    })
}

/// Shows them before the question at `position`.
pub(super) fn open(form: &HtmlFormElement, position: u32, own_shown: bool) {
    let question = fields::first(form, position).and_then(|field| field.closest("fieldset").ok()?);
    if let (Some(question), Some(panel)) = (question, panel()) {
        let _ = question.before_with_node_1(&panel);
        say(own_shown);
        let _ = panel.remove_attribute("hidden");
    }
}

/// Says which of the two is shown.
pub(super) fn say(own_shown: bool) {
    let Some(panel) = panel() else {
        return;
    };
    for (words, shown) in [
        ("[data-shown=own]", own_shown),
        ("[data-shown=newer]", !own_shown),
    ] {
        if let Ok(Some(words)) = panel.query_selector(words) {
            let _ = words.toggle_attribute_with_force("hidden", !shown);
        }
    }
}

/// Once the learner has chosen.
pub(super) fn close() {
    if let Some(panel) = panel() {
        let _ = panel.toggle_attribute_with_force("hidden", true);
    }
}

fn panel() -> Option<Element> {
    document().get_element_by_id("two-answers")
}
