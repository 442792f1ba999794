//! What is typed: a line that is compared, or a text that a person marks.

use super::{
    Asked, Element, Question, Refusal, RefusalCode, limits,
    rules::{Given, Rules, Way},
    say::feedback,
};
use crate::assessment::{
    BaseType, Cardinality, Identifier, Interaction, ResponseDeclaration, ResponseProcessing, Scoring,
    TextEntryInteraction, Value,
    moodle::{Accepted, RESPONSE, declared, identifier, is_whole},
    qti::{ChangeCode, read::rubric},
};

/// What nobody types: it stands for whatever the rules do not name.
const ANYTHING_ELSE: &str = "\u{fffd}";

pub(super) fn line(
    question: &mut Question<'_, '_>,
    response: &Element,
    prompt: String,
    rules: &Rules<'_>,
) -> Result<Asked, Refusal> {
    let texts = rules.texts();
    if texts.len() > limits::VARIANTS {
        return Err(question.refuse(RefusalCode::TooLarge));
    }
    let given = [None, Some(ANYTHING_ELSE)].into_iter();
    let given = given.chain(texts.iter().map(|text| Some(*text)));
    let ways = rules.follow(question, given.map(Given::Typed))?;
    // What was not thought of has no points: then what was decides alone.
    if ways.iter().take(2).any(|way| way.percent > 0.0) {
        return Err(question.refuse(RefusalCode::UnsupportedScoring));
    }
    let name = identifier(question.it, RESPONSE)?;
    let known = texts.iter().zip(ways.iter().skip(2));
    let (declared, processing) = if rules.look_within() {
        by_rules(question, name.clone(), known, rules)?
    } else {
        let has_case = rules
            .has_case()
            .ok_or_else(|| question.refuse(RefusalCode::UnsupportedScoring))?;
        let accepted = known.map(|(text, way)| Accepted {
            answer: (*text).to_owned(),
            percent: way.percent,
        });
        let declared = question.text(name.clone(), accepted.collect(), has_case, question.grade)?;
        (declared, None)
    };
    let expected = response
        .first("render_fib")
        .and_then(|it| it.attribute("maxchars"));
    let interaction = Interaction::TextEntry(TextEntryInteraction {
        response: name,
        prompt,
        expected_length: expected
            .and_then(|it| it.parse().ok())
            .filter(|it| (1..=200).contains(it)),
    });
    let mut asked = Asked::one(interaction, declared);
    asked.processing = processing;
    feedback(question, &ways, &[], &mut asked.feedback)?;
    Ok(asked)
}

/// Where a part of the text is enough: the rules as they are, and for a key the first
/// text that has all points by them.
fn by_rules<'t>(
    question: &Question<'_, '_>,
    name: Identifier,
    mut known: impl Iterator<Item = (&'t &'t str, &'t Way<'t>)>,
    rules: &Rules<'_>,
) -> Result<(ResponseDeclaration, Option<ResponseProcessing>), Refusal> {
    let unsupported = || question.refuse(RefusalCode::UnsupportedScoring);
    let best = known
        .find(|(_, way)| is_whole(way.percent))
        .ok_or_else(unsupported)?;
    let key = Value::Text((*best.0).to_owned());
    let kind = (Cardinality::Single, BaseType::String);
    let processing = rules.as_processing(question, &name)?;
    Ok((declared(name, kind, key, Scoring::ByRules), Some(processing)))
}

pub(super) fn text(
    question: &mut Question<'_, '_>,
    response: &Element,
    prompt: String,
    title: &str,
    rules: &Rules<'_>,
) -> Result<Asked, Refusal> {
    question.texts.note(ChangeCode::RubricMade, question.it);
    let name = identifier(question.it, RESPONSE)?;
    let rubric = rubric::whole(question.it, title.to_owned(), String::new(), question.grade)?;
    let lines = response.first("render_fib").and_then(|it| it.attribute("rows"));
    let given = [None, Some(ANYTHING_ELSE)].into_iter().map(Given::Typed);
    let ways = rules.follow(question, given)?;
    let lines = lines.and_then(|it| it.parse().ok());
    let mut asked = Asked::essay(name, prompt, (lines, None), rubric);
    feedback(question, &ways, &[], &mut asked.feedback)?;
    Ok(asked)
}
