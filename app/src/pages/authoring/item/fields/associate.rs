//! Choices to be paired with each other: the form has the right pairs, and
//! choices that belong in none.

use domain::assessment::{
    AssociableChoice, AssociateInteraction, BaseType, Cardinality, Comparison, Identifier, Interaction, Pair,
    ResponseDeclaration, Value,
};
use service::FieldErrors;

use super::{Fields, Question, declaration, fill_scoring, lines, most, numbered, pair, response, scoring};
use crate::{form::Form, pages::authoring::Rows};

const ROWS: Rows<'_> = Rows("pair");

pub(super) fn fill(it: &AssociateInteraction, declared: &ResponseDeclaration) -> Option<Fields> {
    if declared.mapping.is_some() || declared.comparison != Comparison::Exact {
        return None;
    }
    let right = match &declared.correct_response {
        Some(Value::Pairs(right)) => right.as_slice(),
        None => &[],
        Some(_) => return None,
    };
    let uses = |choice: &AssociableChoice| uses(right, &choice.identifier);
    let plain = it
        .choices
        .iter()
        .all(|choice| choice.match_max == most(uses(choice)));
    if !plain || it.max_associations != room(right.len(), it.choices.len()) {
        return None;
    }
    let mut fields = fill_scoring(&declared.scoring)?;
    for (row, ends) in right.iter().map(Pair::ends).enumerate() {
        for (part, end) in ["source", "target"].into_iter().zip(ends) {
            let choice = it.choices.iter().find(|choice| choice.identifier == *end);
            fields.extend(choice.map(|choice| pair(ROWS.field(row, part), &choice.content)));
        }
    }
    let spare: Vec<_> = it.choices.iter().filter(|choice| uses(choice) == 0).collect();
    let spare: Vec<_> = spare.iter().map(|choice| choice.content.as_str()).collect();
    // A choice of several lines could not be told from several choices.
    if spare.iter().any(|text| text.contains('\n')) {
        return None;
    }
    fields.push(pair("spare", spare.join("\n")));
    Some(fields)
}

pub(super) fn read(form: &Form, errors: &mut FieldErrors) -> Option<Question> {
    let (mut contents, mut right) = (Vec::new(), Vec::new());
    for row in 0..ROWS.count(form) {
        let [first, opposite] = ["source", "target"].map(|part| ROWS.field(row, part));
        let [one, other] = [&first, &opposite].map(|field| {
            let text = form.text(field);
            (!text.trim().is_empty()).then(|| lines(text))
        });
        match (one, other) {
            (None, None) => {}
            (Some(one), Some(other)) => {
                right.push(Pair::from([
                    named(&mut contents, one)?,
                    named(&mut contents, other)?,
                ]));
            }
            (Some(_), None) => errors.add(opposite, "document-empty"),
            (None, Some(_)) => errors.add(first, "document-empty"),
        }
    }
    for spare in form.text("spare").lines().map(str::trim) {
        if !spare.is_empty() {
            named(&mut contents, spare.to_owned())?;
        }
    }
    let choices: Vec<_> = contents
        .into_iter()
        .map(|(identifier, content)| AssociableChoice {
            match_max: most(uses(&right, &identifier)),
            identifier,
            content,
        })
        .collect();
    let max_associations = room(right.len(), choices.len());
    let correct = (!right.is_empty()).then_some(Value::Pairs(right));
    let scoring = scoring(form, errors);
    Some(Question {
        interaction: Interaction::Associate(AssociateInteraction {
            response: response()?,
            prompt: lines(form.text("prompt")),
            choices,
            max_associations,
        }),
        declaration: declaration(Cardinality::Multiple, BaseType::Pair, correct, scoring)?,
        said: Vec::new(),
    })
}

/// The choice that says this: it may be in several pairs.
fn named(contents: &mut Vec<(Identifier, String)>, content: String) -> Option<Identifier> {
    if let Some((known, _)) = contents.iter().find(|(_, known)| *known == content) {
        return Some(known.clone());
    }
    let identifier = numbered('A', contents.len())?;
    contents.push((identifier.clone(), content));
    Some(identifier)
}

fn uses(right: &[Pair], choice: &Identifier) -> usize {
    right.iter().filter(|pair| pair.ends().contains(choice)).count()
}

/// Room for the right pairs, where the choices by themselves don't make so many.
fn room(pairs: usize, choices: usize) -> Option<u16> {
    u16::try_from(pairs).ok().filter(|_| pairs > choices / 2)
}
