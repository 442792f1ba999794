//! One or several of a list.

use domain::assessment::{
    BaseType, Cardinality, ChoiceFeedback, ChoiceInteraction, Comparison, Interaction, ItemKind,
    ResponseDeclaration, Scoring, SimpleChoice, Value,
};
use service::FieldErrors;

use super::{
    Fields, Question, declaration, fill_scoring, lines, numbered, pair, points, response, scoring, whole,
};
use crate::{form::Form, pages::authoring::Rows};

const ROWS: Rows<'_> = Rows("choice");

pub(super) fn fill(
    it: &ChoiceInteraction,
    declared: &ResponseDeclaration,
    said: &[ChoiceFeedback],
) -> Option<Fields> {
    if declared.mapping.is_some() || declared.comparison != Comparison::Exact {
        return None;
    }
    let right = match &declared.correct_response {
        Some(Value::Identifiers(right)) => right.as_slice(),
        None => &[],
        Some(_) => return None,
    };
    let mut fields = fill_scoring(&declared.scoring)?;
    if it.shuffle {
        fields.push(pair("shuffle", "yes"));
    }
    for (name, limit) in [("min-choices", it.min_choices), ("max-choices", it.max_choices)] {
        fields.extend(limit.map(|limit| pair(name, limit)));
    }
    for (row, choice) in it.choices.iter().enumerate() {
        fields.push(pair(ROWS.field(row, "text"), &choice.content));
        if choice.fixed {
            fields.push(pair(ROWS.field(row, "fixed"), "yes"));
        }
        if right.contains(&choice.identifier) {
            fields.push(pair(ROWS.0, row));
        }
        let said = said.iter().find(|said| said.choice == choice.identifier);
        fields.extend(said.map(|said| pair(ROWS.field(row, "said"), &said.markdown)));
    }
    Some(fields)
}

pub(super) fn read(form: &Form, kind: ItemKind, errors: &mut FieldErrors) -> Option<Question> {
    let ticked: Vec<usize> = form.texts(ROWS.0).filter_map(|row| row.parse().ok()).collect();
    let (mut choices, mut right, mut said) = (Vec::new(), Vec::new(), Vec::new());
    for row in 0..ROWS.count(form) {
        let (text, about) = (
            form.text(&ROWS.field(row, "text")),
            form.text(&ROWS.field(row, "said")),
        );
        if text.trim().is_empty() && about.trim().is_empty() && !ticked.contains(&row) {
            continue;
        }
        let identifier = numbered('C', choices.len())?;
        if ticked.contains(&row) {
            right.push(identifier.clone());
        }
        if !about.trim().is_empty() {
            said.push(ChoiceFeedback {
                response: response()?,
                choice: identifier.clone(),
                markdown: lines(about),
            });
        }
        choices.push(SimpleChoice {
            identifier,
            content: lines(text),
            fixed: form.ticked(&ROWS.field(row, "fixed")),
        });
    }
    let many = kind == ItemKind::MultipleChoice;
    let (cardinality, scoring) = if many {
        (Cardinality::Multiple, scoring(form, errors))
    } else {
        let points = points(form, "points", errors);
        (Cardinality::Single, Scoring::MatchCorrect { points })
    };
    let correct = (!right.is_empty()).then_some(Value::Identifiers(right));
    Some(Question {
        interaction: Interaction::Choice(ChoiceInteraction {
            response: response()?,
            prompt: lines(form.text("prompt")),
            choices,
            shuffle: form.ticked("shuffle"),
            min_choices: many.then(|| whole(form, "min-choices", errors)).flatten(),
            max_choices: many.then(|| whole(form, "max-choices", errors)).flatten(),
        }),
        declaration: declaration(cardinality, BaseType::Identifier, correct, scoring)?,
        said,
    })
}
