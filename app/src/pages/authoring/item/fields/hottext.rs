//! Words of a text to be chosen: `[[word]]`, and `[[=word]]` where it is right.

use domain::assessment::{
    BaseType, Cardinality, Comparison, Flow, Hottext, HottextInteraction, Interaction, ResponseDeclaration,
    Value,
};
use service::FieldErrors;

use super::{Fields, Question, declaration, fill_scoring, lines, numbered, pair, response, scoring, whole};
use crate::form::Form;

/// Before a word that is right.
const RIGHT: char = '=';

pub(super) fn fill(it: &HottextInteraction, declared: &ResponseDeclaration) -> Option<Fields> {
    let plain = declared.mapping.is_none() && declared.comparison == Comparison::Exact;
    if !plain || declared.cardinality != Cardinality::Multiple {
        return None;
    }
    let right = match &declared.correct_response {
        Some(Value::Identifiers(right)) => right.as_slice(),
        None => &[],
        Some(_) => return None,
    };
    let mut fields = fill_scoring(&declared.scoring)?;
    for (name, limit) in [("min-choices", it.min_choices), ("max-choices", it.max_choices)] {
        fields.extend(limit.map(|limit| pair(name, limit)));
    }
    let text = it.text.write(|word| {
        let mark = right.contains(&word.identifier).then_some(RIGHT);
        mark.into_iter().chain(word.content.chars()).collect()
    });
    fields.push(pair("passage", text));
    Some(fields)
}

pub(super) fn read(form: &Form, errors: &mut FieldErrors) -> Option<Question> {
    let (mut words, mut right) = (0.., Vec::new());
    let text = Flow::read(form.text("passage"), |name| {
        let identifier = numbered('W', words.next()?)?;
        let content = name.strip_prefix(RIGHT);
        right.extend(content.map(|_| identifier.clone()));
        Some(Hottext {
            identifier,
            content: content.unwrap_or(name).trim().to_owned(),
        })
    });
    let correct = (!right.is_empty()).then_some(Value::Identifiers(right));
    let scoring = scoring(form, errors);
    Some(Question {
        interaction: Interaction::Hottext(HottextInteraction {
            response: response()?,
            prompt: lines(form.text("prompt")),
            text: text.try_map(Clone::clone)?,
            min_choices: whole(form, "min-choices", errors),
            max_choices: whole(form, "max-choices", errors),
        }),
        declaration: declaration(Cardinality::Multiple, BaseType::Identifier, correct, scoring)?,
        said: Vec::new(),
    })
}
