//! Looking at what comes of a template, before an item is published.

use std::collections::{BTreeMap, BTreeSet};

use super::{Template, print::print, room::Room, variant::make};
use crate::{
    Seed,
    assessment::{
        Args, Cardinality, Identifier, Interaction, Item, Problem, ProblemCode, Response,
        ResponseDeclaration, Value, Verdict,
        code::args,
        expression::Held,
        number_entry,
        rules::{max_by_rules, score_within},
        score,
    },
};

/// How many variants are looked at before an item is published.
pub(super) const LOOKED_AT: u8 = 20;

/// One of the items that a template makes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Variant {
    /// What it was made with.
    pub seed: Seed,
    /// Its variables with their values, as they are printed.
    pub values: Vec<(Identifier, String)>,
    /// The item, if one came of it.
    pub item: Option<Item>,
    /// The right answer of each response, as it would be typed or as its choice says.
    pub answers: Vec<String>,
    /// What is wrong with it.
    pub problems: Vec<VariantProblem>,
}

/// What is wrong with a variant.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct VariantProblem {
    /// What; none for one that is the same as one before, which is no fault.
    pub code: Option<ProblemCode>,
    /// What the sentence names: `identifier`, `expected`.
    pub args: Args,
}

fn problem<const N: usize>(code: ProblemCode, pairs: [(&str, &dyn ToString); N]) -> VariantProblem {
    VariantProblem {
        code: Some(code),
        args: args(pairs),
    }
}

/// The variants that are looked at before an item is published, each with what
/// is wrong with it.
#[must_use]
pub fn variants(item: &Item) -> Vec<Variant> {
    let Some(template) = &item.template else {
        return Vec::new();
    };
    let mut known = BTreeSet::new();
    let mut all = Vec::new();
    for seed in 1..=LOOKED_AT {
        let seed = Seed(i64::from(seed));
        let mut variant = one(item, template, seed);
        let shown = variant
            .item
            .as_ref()
            .and_then(|item| serde_json::to_string(item).ok());
        if shown.is_some_and(|shown| !known.insert(shown)) {
            variant.problems.push(VariantProblem {
                code: None,
                args: Args::new(),
            });
        }
        all.push(variant);
    }
    all
}

/// Whether nothing is wrong with the variant of that seed by itself.
pub(super) fn is_sound(item: &Item, template: &Template, seed: Seed) -> bool {
    one(item, template, seed).problems.is_empty()
}

fn one(item: &Item, template: &Template, seed: Seed) -> Variant {
    let mut variant = Variant {
        seed,
        values: Vec::new(),
        item: None,
        answers: Vec::new(),
        problems: Vec::new(),
    };
    match (make(item, template, seed.rng("variant")), item.variant(seed)) {
        (Ok(made), Ok(instance)) => {
            let mut room = Room::of_a_variant();
            for declared in &template.variables {
                let name = &declared.identifier;
                if made.values.get(name).is_none_or(Held::is_null) {
                    let named: [(&str, &dyn ToString); 1] = [("identifier", name)];
                    variant.problems.push(problem(ProblemCode::VariantNoValue, named));
                }
                let text = format!("{{{{{name}}}}}");
                match print(&text, &made.values, &item.language, &mut room) {
                    Ok(printed) => variant.values.push((name.clone(), printed)),
                    Err(fault) => {
                        let named: [(&str, &dyn ToString); 1] = [("expected", &fault)];
                        variant.problems.push(problem(ProblemCode::VariantNotMade, named));
                        return variant;
                    }
                }
            }
            variant.answers = instance
                .responses
                .iter()
                .map(|it| answer(&instance, it))
                .collect();
            variant.problems.extend(faults(&instance));
            variant.item = Some(instance);
        }
        (Err(fault), _) | (_, Err(fault)) => {
            variant
                .problems
                .push(problem(ProblemCode::VariantNotMade, [("expected", &fault)]));
        }
    }
    variant
}

/// The key of a response in words.
fn answer(item: &Item, declared: &ResponseDeclaration) -> String {
    let interaction = item
        .interactions()
        .find(|it| *it.response() == declared.identifier);
    let content = |name: &Identifier| {
        let choices = interaction.map(contents).unwrap_or_default();
        let found = choices.into_iter().find(|(known, _)| *known == name);
        found.map_or_else(|| name.to_string(), |(_, content)| content.to_owned())
    };
    match &declared.correct_response {
        None | Some(Value::File(_)) => String::new(),
        Some(Value::Identifiers(names)) => names.iter().map(content).collect::<Vec<_>>().join(", "),
        Some(Value::Order(names)) => {
            let names: Vec<_> = names.iter().flatten().map(content).collect();
            names.join(", ")
        }
        Some(Value::Text(text)) => text.clone(),
        Some(Value::Number(quantity)) => number_entry::format(quantity, &item.language),
        Some(Value::DirectedPairs(pairs)) => {
            let pairs = pairs
                .iter()
                .map(|pair| format!("{} – {}", content(&pair.source), content(&pair.target)));
            pairs.collect::<Vec<_>>().join(", ")
        }
        Some(Value::Pairs(pairs)) => {
            let pairs = pairs.iter().map(|pair| {
                let [one, other] = pair.ends();
                format!("{} – {}", content(one), content(other))
            });
            pairs.collect::<Vec<_>>().join(", ")
        }
        Some(Value::Points(points)) => {
            let places = points.iter().map(|point| format!("({}, {})", point.x, point.y));
            places.collect::<Vec<_>>().join(", ")
        }
    }
}

/// Choices with what they say.
fn contents(interaction: &Interaction) -> Vec<(&Identifier, &str)> {
    match interaction {
        Interaction::Choice(it) => it
            .choices
            .iter()
            .map(|it| (&it.identifier, it.content.as_str()))
            .collect(),
        Interaction::InlineChoice(it) => it
            .choices
            .iter()
            .map(|it| (&it.identifier, it.content.as_str()))
            .collect(),
        Interaction::Order(it) => it
            .choices
            .iter()
            .map(|it| (&it.identifier, it.content.as_str()))
            .collect(),
        _ => Vec::new(),
    }
}

/// What is wrong with an item that a template made.
pub(super) fn faults(item: &Item) -> Vec<VariantProblem> {
    let mut problems = Vec::new();
    for interaction in item.interactions() {
        let choices = contents(interaction);
        let said: BTreeSet<&str> = choices.iter().map(|(_, content)| content.trim()).collect();
        if said.len() < choices.len() {
            problems.push(problem(ProblemCode::VariantSameChoices, []));
        }
    }
    match right_choices(item) {
        Some(0) => problems.push(problem(ProblemCode::VariantNoRightAnswer, [])),
        Some(2..) => problems.push(problem(ProblemCode::VariantSeveralRightAnswers, [])),
        Some(1) | None => {}
    }
    let blocking = |problem: &Problem| !problem.code.is_warning();
    if let Some(found) = item.check().into_iter().find(blocking) {
        let is_key = found.code == ProblemCode::NoCorrectResponse;
        problems.push(if is_key {
            problem(ProblemCode::VariantNoRightAnswer, [])
        } else {
            problem(
                ProblemCode::VariantUnsound,
                [("expected", &format!("{}: {}", found.path, found.code))],
            )
        });
    }
    problems.dedup();
    problems
}

/// How many choices are right by themselves, where an item asks for one choice
/// and for nothing else.
fn right_choices(item: &Item) -> Option<usize> {
    let mut interactions = item.interactions();
    let (Some(Interaction::Choice(choice)), None) = (interactions.next(), interactions.next()) else {
        return None;
    };
    let declared = item.declaration(&choice.response)?;
    if declared.cardinality != Cardinality::Single {
        return None;
    }
    // The most that rules give is worked out once, and not for each choice.
    let rules = item.processing.as_ref();
    let rules = rules.map(|processing| (processing, max_by_rules(item, processing)));
    let is_right = |name: &Identifier| {
        let value = Value::Identifiers(vec![name.clone()]);
        let values = BTreeMap::from([(choice.response.clone(), value)]);
        let response = Response { values };
        let scored = match rules {
            Some((processing, max)) => score_within(item, processing, &response, max),
            None => score(item, &response),
        };
        scored.verdict == Verdict::Correct
    };
    let names = choice.choices.iter().map(|it| &it.identifier);
    Some(names.filter(|name| is_right(name)).count())
}
