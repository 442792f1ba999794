//! Messages after scoring.

use super::{
    super::{
        report::{ChangeCode, Refusal},
        xml::Element,
    },
    Reader,
    scoring::{Rules, When},
};
use crate::assessment::{ChoiceFeedback, Feedback, Identifier, Interaction, Item};

impl Reader<'_> {
    /// The item's messages, as far as it is known when each is given.
    pub(super) fn feedback(
        &mut self,
        root: &Element,
        item: &Item,
        rules: &Rules<'_>,
    ) -> Result<Feedback, Refusal> {
        let mut feedback = Feedback::default();
        for set in &rules.others {
            self.note(ChangeCode::VariableDropped, set);
        }
        for message in root.all("modal-feedback") {
            let text = self.blocks(&message.nodes)?;
            let put = place(message, rules, item, &mut feedback, &text);
            if !put && !text.is_empty() {
                self.note(ChangeCode::FeedbackDropped, message);
            }
        }
        for choice in root.below() {
            let Some(said) = choice.first("feedback-inline").filter(|_| is_choice(choice)) else {
                continue;
            };
            let text = self.line(&said.nodes)?.trim().to_owned();
            if !place(said, rules, item, &mut feedback, &text) {
                self.note(ChangeCode::FeedbackDropped, said);
            }
        }
        Ok(feedback)
    }

    /// A message within a text: that of a choice is read with the others.
    pub(super) fn feedback_in_text(&mut self, message: &Element) {
        if message.name != "feedback-inline" {
            self.note(ChangeCode::FeedbackDropped, message);
        }
    }
}

fn is_choice(element: &Element) -> bool {
    matches!(
        element.name.as_str(),
        "simple-choice" | "inline-choice" | "hottext"
    )
}

/// Puts a message where it is given at the same time; says whether there is such a place.
fn place(message: &Element, rules: &Rules<'_>, item: &Item, feedback: &mut Feedback, text: &str) -> bool {
    let outcome = message.attribute("outcome-identifier").unwrap_or_default();
    let name = message.attribute("identifier").unwrap_or_default();
    let mut whens = rules.messages.iter().filter(|(set, message, when)| {
        *set == outcome && (message.as_deref() == Some(name) || matches!(when, When::Chosen(_)))
    });
    let when = whens.next().map(|(_, _, when)| *when);
    // What is hidden by a name that is never set is always there.
    let is_shown = message.attribute("show-hide").unwrap_or("show") == "show";
    let when = match (is_shown, when) {
        (false, None) => When::Always,
        (true, Some(when)) if whens.next().is_none() => when,
        _ => return false,
    };
    let slot = match when {
        When::Always => &mut feedback.general,
        When::Correct => &mut feedback.correct,
        When::Partly => &mut feedback.partly,
        When::Incorrect => &mut feedback.incorrect,
        When::Chosen(response) => return say_of_choice(response, name, item, feedback, text),
        When::Unknown => return false,
    };
    match slot {
        Some(known) => *known = format!("{known}\n\n{text}"),
        None => *slot = (!text.is_empty()).then(|| text.to_owned()),
    }
    true
}

fn say_of_choice(response: &str, choice: &str, item: &Item, feedback: &mut Feedback, text: &str) -> bool {
    let (Ok(response), Ok(choice)) = (response.parse::<Identifier>(), choice.parse::<Identifier>()) else {
        return false;
    };
    let known = item.interactions().any(|it| {
        let takes = matches!(
            it,
            Interaction::Choice(_) | Interaction::InlineChoice(_) | Interaction::Hottext(_)
        );
        takes && *it.response() == response && it.choices().contains(&&choice)
    });
    let is_new = !feedback
        .choices
        .iter()
        .any(|it| (&it.response, &it.choice) == (&response, &choice));
    if known && is_new {
        let markdown = text.to_owned();
        feedback.choices.push(ChoiceFeedback {
            response,
            choice,
            markdown,
        });
    }
    known && is_new
}
