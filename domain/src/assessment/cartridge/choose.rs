//! Choices: one that is right, or several.

use super::{
    Asked, Element, Question, Refusal, RefusalCode, limits,
    rules::{Given, Rules, Way},
    say::feedback,
    text::materials,
};
use crate::assessment::{
    BaseType, Cardinality, ChoiceInteraction, Identifier, Interaction, ResponseDeclaration, Scoring,
    SimpleChoice, Value,
    moodle::{RESPONSE, declared, identifier, is_whole},
    qti::ChangeCode,
};

/// Choices of which several are right: all ways to choose are followed.
const MOST_OF_SEVERAL: usize = 12;

pub(super) fn one(
    question: &mut Question<'_, '_>,
    response: &Element,
    prompt: String,
    rules: &Rules<'_>,
) -> Result<Asked, Refusal> {
    let (names, choices) = choices(question, response)?;
    let ways = std::iter::once(0).chain((0..names.len()).map(|index| 1 << index));
    let ways = rules.follow(question, ways.map(|which| Given::Chosen(&names, which)))?;
    let worth = choices.iter().zip(&ways[1..]);
    let fractions: Vec<_> = worth
        .map(|(choice, way)| (choice.identifier.clone(), way.percent))
        .collect();
    let name = identifier(question.it, RESPONSE)?;
    let declared = question.single(name, &fractions, question.grade)?;
    put(question, response, prompt, choices, declared, &ways)
}

pub(super) fn several(
    question: &mut Question<'_, '_>,
    response: &Element,
    prompt: String,
    rules: &Rules<'_>,
) -> Result<Asked, Refusal> {
    let (names, choices) = choices(question, response)?;
    if names.len() > MOST_OF_SEVERAL {
        return Err(response.refuse(RefusalCode::UnsupportedScoring));
    }
    let ways = (0..1 << names.len()).map(|which| Given::Chosen(&names, which));
    let ways = rules.follow(question, ways)?;
    let name = identifier(question.it, RESPONSE)?;
    let all: Vec<_> = choices.iter().map(|choice| choice.identifier.clone()).collect();
    let declared = scored(question, name, &all, &ways)?;
    put(question, response, prompt, choices, declared, &ways)
}

/// What the ways to choose come to: one of them right and all others wrong, or each
/// choice with points of its own.
fn scored(
    question: &Question<'_, '_>,
    name: Identifier,
    all: &[Identifier],
    ways: &[Way<'_>],
) -> Result<ResponseDeclaration, Refusal> {
    let mut right = ways.iter().filter(|way| way.percent > 0.0);
    if let (Some(only), None) = (right.next(), right.next())
        && is_whole(only.percent)
    {
        let key = all.iter().enumerate().filter(|(index, _)| only.given.has(*index));
        return Ok(declared(
            name,
            (Cardinality::Multiple, BaseType::Identifier),
            Value::Identifiers(key.map(|(_, choice)| choice.clone()).collect()),
            Scoring::MatchCorrect {
                points: question.grade,
            },
        ));
    }
    let alone = |index: usize| ways.get(1 << index).map_or(0.0, |way| way.percent);
    let is_sum = |way: &Way<'_>| {
        let chosen = (0..all.len()).filter(|index| way.given.has(*index));
        let sum: f64 = chosen.map(alone).sum();
        (sum.clamp(0.0, 100.0) - way.percent.clamp(0.0, 100.0)).abs() < 1e-3
    };
    if !ways.iter().all(is_sum) {
        return Err(question.refuse(RefusalCode::UnsupportedScoring));
    }
    let fractions = all.iter().enumerate();
    let fractions: Vec<_> = fractions
        .map(|(index, choice)| (choice.clone(), alone(index)))
        .collect();
    question.several(name, &fractions)
}

/// The names that the file has for the choices, and the choices.
fn choices<'a>(
    question: &mut Question<'_, '_>,
    response: &'a Element,
) -> Result<(Vec<&'a str>, Vec<SimpleChoice>), Refusal> {
    let labels = response.below();
    let labels: Vec<_> = labels
        .into_iter()
        .filter(|it| it.name == "response_label")
        .collect();
    if labels.len() > limits::CHOICES {
        return Err(response.refuse(RefusalCode::TooLarge));
    }
    let mut names = Vec::new();
    let mut choices = Vec::new();
    for (index, label) in labels.into_iter().enumerate() {
        let name = label.attribute("ident").unwrap_or_default();
        if names.contains(&name) {
            return Err(label.refuse(RefusalCode::Invalid));
        }
        names.push(name);
        choices.push(SimpleChoice {
            identifier: identifier(label, &format!("choice-{}", index + 1))?,
            content: materials(question, label, &[])?,
            fixed: label.attribute("rshuffle") == Some("No"),
        });
    }
    Ok((names, choices))
}

fn put(
    question: &mut Question<'_, '_>,
    response: &Element,
    prompt: String,
    choices: Vec<SimpleChoice>,
    declared: ResponseDeclaration,
    ways: &[Way<'_>],
) -> Result<Asked, Refusal> {
    let rendered = response.first("render_choice").unwrap_or(response);
    let limits = ["minnumber", "maxnumber"];
    if limits.into_iter().any(|name| rendered.attribute(name).is_some()) {
        question.texts.note(ChangeCode::ConstraintDropped, rendered);
    }
    let all: Vec<_> = choices.iter().map(|choice| choice.identifier.clone()).collect();
    let interaction = Interaction::Choice(ChoiceInteraction {
        response: declared.identifier.clone(),
        prompt,
        choices,
        shuffle: rendered.attribute("shuffle") == Some("Yes"),
        min_choices: None,
        max_choices: None,
    });
    let mut asked = Asked::one(interaction, declared);
    feedback(question, ways, &all, &mut asked.feedback)?;
    Ok(asked)
}
