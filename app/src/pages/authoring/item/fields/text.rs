//! A line of text.

use domain::assessment::{
    BaseType, Cardinality, Comparison, Interaction, ResponseDeclaration, Scoring, TextEntryInteraction,
    TextRules, Value, WhiteSpace,
};
use service::FieldErrors;

use super::{Fields, Question, declaration, lines, pair, points, response, whole};
use crate::form::Form;

pub(super) fn fill(it: &TextEntryInteraction, declared: &ResponseDeclaration) -> Option<Fields> {
    let Scoring::MatchCorrect { points } = &declared.scoring else {
        return None;
    };
    let exact = TextRules {
        ignore_case: false,
        ..TextRules::default()
    };
    let rules = match &declared.comparison {
        Comparison::Text(rules) => rules,
        Comparison::Exact => &exact,
        Comparison::Number(_) => return None,
    };
    let answer = match &declared.correct_response {
        Some(Value::Text(answer)) => answer.as_str(),
        None => "",
        Some(_) => return None,
    };
    let mut fields = vec![
        pair("answer", answer),
        pair("variants", rules.variants.join("\n")),
        pair("points", points),
    ];
    for (name, ticked) in [
        ("ignore-case", rules.ignore_case),
        ("ignore-accents", rules.ignore_accents),
        ("ignore-spaces", rules.white_space == WhiteSpace::Ignore),
    ] {
        fields.extend(ticked.then(|| pair(name, "yes")));
    }
    fields.extend(it.expected_length.map(|length| pair("length", length)));
    Some(fields)
}

pub(super) fn read(form: &Form, errors: &mut FieldErrors) -> Option<Question> {
    let answer = form.text("answer").trim();
    let correct = (!answer.is_empty()).then(|| Value::Text(answer.to_owned()));
    let points = points(form, "points", errors);
    let mut declaration = declaration(
        Cardinality::Single,
        BaseType::String,
        correct,
        Scoring::MatchCorrect { points },
    )?;
    declaration.comparison = Comparison::Text(TextRules {
        variants: form
            .text("variants")
            .lines()
            .map(str::trim)
            .filter(|line| !line.is_empty())
            .map(str::to_owned)
            .collect(),
        ignore_case: form.ticked("ignore-case"),
        ignore_accents: form.ticked("ignore-accents"),
        white_space: if form.ticked("ignore-spaces") {
            WhiteSpace::Ignore
        } else {
            WhiteSpace::Collapse
        },
    });
    Some(Question {
        interaction: Interaction::TextEntry(TextEntryInteraction {
            response: response()?,
            prompt: lines(form.text("prompt")),
            expected_length: whole(form, "length", errors),
        }),
        declaration,
        said: Vec::new(),
    })
}
