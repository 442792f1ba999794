//! A list to be put in order: the form has it in the right one.

use domain::assessment::{
    BaseType, Cardinality, Comparison, Interaction, OrderInteraction, ResponseDeclaration, SimpleChoice,
    Value,
};
use service::FieldErrors;

use super::{Fields, Question, declaration, fill_scoring, lines, numbered, pair, response, scoring};
use crate::{form::Form, pages::authoring::Rows};

const ROWS: Rows<'_> = Rows("step");

pub(super) fn fill(it: &OrderInteraction, declared: &ResponseDeclaration) -> Option<Fields> {
    if declared.mapping.is_some() || declared.comparison != Comparison::Exact {
        return None;
    }
    let right: Vec<_> = match &declared.correct_response {
        Some(Value::Order(right)) => right.iter().flatten().collect(),
        None => it.choices.iter().map(|choice| &choice.identifier).collect(),
        Some(_) => return None,
    };
    let in_order = right
        .iter()
        .filter_map(|name| it.choices.iter().find(|choice| choice.identifier == **name));
    let mut fields = fill_scoring(&declared.scoring)?;
    fields.extend(
        in_order
            .enumerate()
            .map(|(row, choice)| pair(ROWS.field(row, "text"), &choice.content)),
    );
    Some(fields)
}

pub(super) fn read(form: &Form, errors: &mut FieldErrors) -> Option<Question> {
    let texts = (0..ROWS.count(form)).map(|row| form.text(&ROWS.field(row, "text")));
    let choices = texts
        .filter(|text| !text.trim().is_empty())
        .enumerate()
        .map(|(row, text)| {
            Some(SimpleChoice {
                identifier: numbered('C', row)?,
                content: lines(text),
                fixed: false,
            })
        })
        .collect::<Option<Vec<_>>>()?;
    let right: Vec<_> = choices
        .iter()
        .map(|choice| Some(choice.identifier.clone()))
        .collect();
    let correct = (!right.is_empty()).then_some(Value::Order(right));
    let scoring = scoring(form, errors);
    Some(Question {
        interaction: Interaction::Order(OrderInteraction {
            response: response()?,
            prompt: lines(form.text("prompt")),
            choices,
        }),
        declaration: declaration(Cardinality::Ordered, BaseType::Identifier, correct, scoring)?,
        said: Vec::new(),
    })
}
