//! Sources to be given to targets: the form has the right pairs, and targets
//! that fit nothing.

use domain::assessment::{
    AssociableChoice, BaseType, Cardinality, Comparison, DirectedPair, Identifier, Interaction,
    MatchInteraction, ResponseDeclaration, Value,
};
use service::FieldErrors;

use super::{Fields, Question, declaration, fill_scoring, lines, numbered, pair, response, scoring};
use crate::{form::Form, pages::authoring::Rows};

const ROWS: Rows<'_> = Rows("pair");

pub(super) fn fill(it: &MatchInteraction, declared: &ResponseDeclaration) -> Option<Fields> {
    let plain = |side: &[AssociableChoice]| side.iter().all(|choice| choice.match_max.is_none());
    if declared.mapping.is_some()
        || declared.comparison != Comparison::Exact
        || !plain(&it.sources)
        || !plain(&it.targets)
    {
        return None;
    }
    let right = match &declared.correct_response {
        Some(Value::DirectedPairs(right)) => right.as_slice(),
        None => &[],
        Some(_) => return None,
    };
    let mut fields = fill_scoring(&declared.scoring)?;
    fields.extend(it.shuffle.then(|| pair("shuffle", "yes")));
    for (row, source) in it.sources.iter().enumerate() {
        let given = right.iter().find(|pair| pair.source == source.identifier);
        let target = given.and_then(|pair| it.targets.iter().find(|target| target.identifier == pair.target));
        fields.push(pair(ROWS.field(row, "source"), &source.content));
        fields.extend(target.map(|target| pair(ROWS.field(row, "target"), &target.content)));
    }
    let spare = it
        .targets
        .iter()
        .filter(|target| right.iter().all(|pair| pair.target != target.identifier));
    let spare: Vec<&str> = spare.map(|target| target.content.as_str()).collect();
    // A target of several lines could not be told from several targets.
    if spare.iter().any(|text| text.contains('\n')) {
        return None;
    }
    fields.push(pair("spare", spare.join("\n")));
    Some(fields)
}

pub(super) fn read(form: &Form, errors: &mut FieldErrors) -> Option<Question> {
    let (mut sources, mut targets, mut right) = (Vec::new(), Vec::new(), Vec::new());
    for row in 0..ROWS.count(form) {
        let (source, target) = (
            lines(form.text(&ROWS.field(row, "source"))),
            lines(form.text(&ROWS.field(row, "target"))),
        );
        if source.trim().is_empty() && target.trim().is_empty() {
            continue;
        }
        let source_name = numbered('S', sources.len())?;
        sources.push(associable(source_name.clone(), source));
        if !target.trim().is_empty() {
            right.push(DirectedPair {
                source: source_name,
                target: target_of(&mut targets, target)?,
            });
        }
    }
    for spare in form.text("spare").lines().map(str::trim) {
        if !spare.is_empty() {
            target_of(&mut targets, spare.to_owned())?;
        }
    }
    let correct = (!right.is_empty()).then_some(Value::DirectedPairs(right));
    let scoring = scoring(form, errors);
    Some(Question {
        interaction: Interaction::Match(MatchInteraction {
            response: response()?,
            prompt: lines(form.text("prompt")),
            sources,
            targets,
            shuffle: form.ticked("shuffle"),
        }),
        declaration: declaration(Cardinality::Multiple, BaseType::DirectedPair, correct, scoring)?,
        said: Vec::new(),
    })
}

/// The target that says this: two sources may share one.
fn target_of(targets: &mut Vec<AssociableChoice>, content: String) -> Option<Identifier> {
    if let Some(known) = targets.iter().find(|target| target.content == content) {
        return Some(known.identifier.clone());
    }
    let identifier = numbered('T', targets.len())?;
    targets.push(associable(identifier.clone(), content));
    Some(identifier)
}

fn associable(identifier: Identifier, content: String) -> AssociableChoice {
    AssociableChoice {
        identifier,
        content,
        match_max: None,
    }
}
