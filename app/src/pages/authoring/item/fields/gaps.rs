//! A text with gaps. `[[2]]` in it is where the gap of the second row stands.

use domain::assessment::{
    BaseType, Block, Cardinality, Comparison, Decimal, Flow, Identifier, InlineChoiceInteraction,
    Interaction, NumberRules, NumericEntryInteraction, Passage, Quantity, ResponseDeclaration, Scoring,
    SimpleChoice, TextEntryInteraction, TextRules, Tolerance, UnitEntry, Value,
};
use service::FieldErrors;

use super::{
    Asked, Fields, lines, numbered,
    numeric::{decimal, rules_of},
    pair, points,
};
use crate::{form::Form, pages::authoring::Rows};

const ROWS: Rows<'_> = Rows("gap");

pub(super) fn fill(passage: &Passage, declared: &[ResponseDeclaration]) -> Option<Fields> {
    let mut fields = Fields::new();
    let gaps: Vec<_> = passage.text.parts().collect();
    if gaps.len() != declared.len() || gaps.iter().any(|gap| !gap.prompt().is_empty()) {
        return None;
    }
    for (row, gap) in gaps.iter().enumerate() {
        let declared = declared.iter().find(|it| it.identifier == *gap.response())?;
        let Scoring::MatchCorrect { points } = &declared.scoring else {
            return None;
        };
        fields.push(pair(ROWS.field(row, "points"), points));
        let own = match gap {
            Interaction::InlineChoice(it) => fill_choice(it, declared)?,
            Interaction::TextEntry(it) => fill_text(it, declared)?,
            Interaction::NumericEntry(it) => fill_number(it, declared)?,
            _ => return None,
        };
        fields.extend(
            own.into_iter()
                .map(|(part, value)| pair(ROWS.field(row, part), value)),
        );
    }
    let mut rows = 1..;
    let text = passage
        .text
        .write(|_| rows.next().map(|row: u32| row.to_string()).unwrap_or_default());
    fields.push(pair("passage", text));
    Some(fields)
}

type Parts = Vec<(&'static str, String)>;

fn fill_choice(it: &InlineChoiceInteraction, declared: &ResponseDeclaration) -> Option<Parts> {
    let right = match &declared.correct_response {
        Some(Value::Identifiers(right)) => right.first(),
        None => None,
        Some(_) => return None,
    };
    let plain = it.shuffle && it.choices.iter().all(|choice| !choice.fixed);
    if !plain || declared.mapping.is_some() {
        return None;
    }
    let (right, others): (Vec<_>, Vec<_>) = it
        .choices
        .iter()
        .partition(|choice| Some(&choice.identifier) == right);
    let texts = |choices: Vec<&SimpleChoice>| {
        let texts: Vec<_> = choices.iter().map(|choice| choice.content.as_str()).collect();
        texts.join("\n")
    };
    Some(vec![
        ("kind", "choice".to_owned()),
        ("answer", texts(right)),
        ("others", texts(others)),
    ])
}

fn fill_text(it: &TextEntryInteraction, declared: &ResponseDeclaration) -> Option<Parts> {
    let Comparison::Text(rules) = &declared.comparison else {
        return None;
    };
    let plain = TextRules {
        variants: rules.variants.clone(),
        ..TextRules::default()
    };
    let right = match &declared.correct_response {
        Some(Value::Text(right)) => right.clone(),
        None => String::new(),
        Some(_) => return None,
    };
    (*rules == plain && it.expected_length.is_none()).then(|| {
        vec![
            ("kind", "text".to_owned()),
            ("answer", right),
            ("others", rules.variants.join("\n")),
        ]
    })
}

fn fill_number(it: &NumericEntryInteraction, declared: &ResponseDeclaration) -> Option<Parts> {
    let rules = rules_of(&declared.comparison).filter(|rules| rules.units.is_empty())?;
    let within = match &rules.tolerance {
        Tolerance::Exact => String::new(),
        Tolerance::Absolute(by) => by.to_string(),
        Tolerance::Percent(_) | Tolerance::SignificantFigures(_) => return None,
    };
    let unit = match &it.unit {
        UnitEntry::None => String::new(),
        UnitEntry::Shown(unit) => unit.clone(),
        UnitEntry::Typed => return None,
    };
    let right = match &declared.correct_response {
        Some(Value::Number(right)) => right.number.to_string(),
        None => String::new(),
        Some(_) => return None,
    };
    Some(vec![
        ("kind", "number".to_owned()),
        ("answer", right),
        ("within", within),
        ("unit", unit),
    ])
}

/// The passage; none if something in it cannot be read, which is said at its field.
pub(super) fn read(form: &Form, errors: &mut FieldErrors) -> Option<Asked> {
    let mut rows = Vec::new();
    let text = Flow::read(form.text("passage"), |name| {
        let row = name.parse::<usize>().ok().and_then(|row| row.checked_sub(1));
        rows.extend(row);
        row
    });
    if text
        .parts()
        .any(|row| row.is_none_or(|row| row >= ROWS.count(form)))
    {
        errors.add("passage", "item-gap-unknown");
    }
    for row in 0..ROWS.count(form) {
        let (answer, number) = (ROWS.field(row, "answer"), (row + 1).to_string());
        match rows.iter().filter(|used| **used == row).count() {
            0 if is_filled(form, row) => errors.add_with(answer, "item-gap-unused", [("number", number)]),
            0 | 1 => {}
            _ => errors.add_with("passage", "item-gap-twice", [("number", number)]),
        }
    }
    let mut declarations = Vec::new();
    let mut gap = |row: &Option<usize>| {
        let row = row.unwrap_or_default();
        let (interaction, declaration) = gap(form, row, declarations.len(), errors)?;
        declarations.push(declaration);
        Some(interaction)
    };
    let text = text.try_map(&mut gap)?;
    let prompt = lines(form.text("prompt"));
    Some(Asked {
        block: Block::Passage(Passage { prompt, text }),
        declarations,
        said: Vec::new(),
    })
}

fn is_filled(form: &Form, row: usize) -> bool {
    ["answer", "others"]
        .iter()
        .any(|part| !form.text(&ROWS.field(row, part)).trim().is_empty())
}

/// The gap of a row, which is the text's `place`th from 0, with its key.
fn gap(
    form: &Form,
    row: usize,
    place: usize,
    errors: &mut FieldErrors,
) -> Option<(Interaction, ResponseDeclaration)> {
    let response: Identifier = format!("RESPONSE{}", place + 1).parse().ok()?;
    let answer = form.text(&ROWS.field(row, "answer")).trim();
    let others = form.text(&ROWS.field(row, "others")).lines().map(str::trim);
    let others = others.filter(|line| !line.is_empty()).map(str::to_owned);
    let prompt = String::new();
    let (interaction, base_type, correct, comparison) = match form.text(&ROWS.field(row, "kind")) {
        "text" => (
            Interaction::TextEntry(TextEntryInteraction {
                response: response.clone(),
                prompt,
                expected_length: None,
            }),
            BaseType::String,
            (!answer.is_empty()).then(|| Value::Text(answer.to_owned())),
            Comparison::Text(TextRules {
                variants: others.collect(),
                ..TextRules::default()
            }),
        ),
        "number" => {
            let unit = form.text(&ROWS.field(row, "unit")).trim();
            let within: Option<Decimal> = decimal(form, &ROWS.field(row, "within"), errors);
            let number = decimal(form, &ROWS.field(row, "answer"), errors);
            (
                Interaction::NumericEntry(NumericEntryInteraction {
                    response: response.clone(),
                    prompt,
                    unit: match unit {
                        "" => UnitEntry::None,
                        unit => UnitEntry::Shown(unit.to_owned()),
                    },
                }),
                BaseType::Float,
                number.map(|number| Value::Number(Quantity { number, unit: None })),
                Comparison::Number(NumberRules {
                    tolerance: within.map_or(Tolerance::Exact, Tolerance::Absolute),
                    units: Vec::new(),
                }),
            )
        }
        _ => {
            let right = (!answer.is_empty()).then(|| answer.to_owned());
            let has_key = right.is_some();
            let choices = right.into_iter().chain(others).enumerate();
            let choices: Option<Vec<SimpleChoice>> = choices
                .map(|(place, content)| {
                    Some(SimpleChoice {
                        identifier: numbered('C', place)?,
                        content,
                        fixed: false,
                    })
                })
                .collect();
            let choices = choices?;
            let right = choices.first().map(|choice| choice.identifier.clone());
            (
                Interaction::InlineChoice(InlineChoiceInteraction {
                    response: response.clone(),
                    prompt,
                    choices,
                    shuffle: true,
                }),
                BaseType::Identifier,
                right
                    .filter(|_| has_key)
                    .map(|right| Value::Identifiers(vec![right])),
                Comparison::Exact,
            )
        }
    };
    let declaration = ResponseDeclaration {
        identifier: response,
        cardinality: Cardinality::Single,
        base_type,
        correct_response: correct,
        comparison,
        mapping: None,
        area_mapping: None,
        scoring: Scoring::MatchCorrect {
            points: points(form, &ROWS.field(row, "points"), errors),
        },
    };
    Some((interaction, declaration))
}
