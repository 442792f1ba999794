//! What is said after scoring, and to whom.

use super::{
    Question, Refusal, RefusalCode,
    rules::{Given, Way},
    text::materials,
};
use crate::assessment::{
    ChoiceFeedback, Feedback, Identifier,
    moodle::{RESPONSE, identifier, is_whole},
    qti::ChangeCode,
};

/// Messages of one question.
const MOST: usize = 300;

/// Who is told something.
enum To {
    All,
    Right,
    Wrong,
    WhoChose(usize),
}

/// Gives each message to those who would have had it. `choices` are what can be chosen.
pub(super) fn feedback(
    question: &mut Question<'_, '_>,
    ways: &[Way<'_>],
    choices: &[Identifier],
    feedback: &mut Feedback,
) -> Result<(), Refusal> {
    let it = question.it;
    // Each is held against every answer that can matter.
    if let Some(one_too_many) = it.all("itemfeedback").nth(MOST) {
        return Err(one_too_many.refuse(RefusalCode::TooLarge));
    }
    for message in it.all("itemfeedback") {
        if message.first("hint").is_some() {
            // Said between tries, of which there is one.
            question.texts.note(ChangeCode::FeedbackDropped, message);
        }
        let markdown = materials(question, message, &["hint"])?;
        if markdown.is_empty() {
            continue;
        }
        // How it is solved is said to everybody in the end, whenever it was asked for.
        let to = if message.first("solution").is_some() {
            Some(To::All)
        } else {
            to_whom(
                ways,
                message.attribute("ident").unwrap_or_default(),
                choices.len(),
            )
        };
        match to {
            Some(To::All) => add(&mut feedback.general, markdown),
            Some(To::Right) => add(&mut feedback.correct, markdown),
            Some(To::Wrong) => add(&mut feedback.incorrect, markdown),
            Some(To::WhoChose(index)) => {
                let Some(choice) = choices.get(index) else {
                    continue;
                };
                feedback.choices.push(ChoiceFeedback {
                    response: identifier(it, RESPONSE)?,
                    choice: choice.clone(),
                    markdown,
                });
            }
            None => question.texts.note(ChangeCode::FeedbackDropped, message),
        }
    }
    Ok(())
}

fn to_whom(ways: &[Way<'_>], message: &str, choices: usize) -> Option<To> {
    // Who left it empty is told what those are told whose answer is wrong.
    let answered: Vec<_> = ways.iter().filter(|way| !way.given.is_empty()).collect();
    let is_told = |way: &Way<'_>| way.says.contains(message);
    let are = |are_told: &dyn Fn(&Way<'_>) -> bool| answered.iter().all(|way| is_told(way) == are_told(way));
    if answered.is_empty() || are(&|_| false) {
        return None;
    }
    if are(&|_| true) {
        return Some(To::All);
    }
    if are(&|way| is_whole(way.percent)) {
        return Some(To::Right);
    }
    if are(&|way| !is_whole(way.percent)) {
        return Some(To::Wrong);
    }
    (0..choices)
        .find(|index| are(&|way| matches!(way.given, Given::Chosen(..)) && way.given.has(*index)))
        .map(To::WhoChose)
}

fn add(known: &mut Option<String>, markdown: String) {
    *known = Some(match known.take() {
        Some(before) if before != markdown => format!("{before}\n\n{markdown}"),
        _ => markdown,
    });
}
