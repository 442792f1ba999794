//! Texts to be put into gaps: `[[text]]` where it belongs.

use domain::assessment::{
    AssociableChoice, BaseType, Cardinality, Comparison, DirectedPair, Flow, Gap, GapMatchInteraction,
    Interaction, ResponseDeclaration, Value,
};
use service::FieldErrors;

use super::{Fields, Question, declaration, fill_scoring, lines, most, numbered, pair, response, scoring};
use crate::form::Form;

pub(super) fn fill(it: &GapMatchInteraction, declared: &ResponseDeclaration) -> Option<Fields> {
    if declared.mapping.is_some() || declared.comparison != Comparison::Exact {
        return None;
    }
    let right = match &declared.correct_response {
        Some(Value::DirectedPairs(right)) => right.as_slice(),
        None => &[],
        Some(_) => return None,
    };
    let uses = |text: &AssociableChoice| right.iter().filter(|pair| pair.source == text.identifier).count();
    if it.gap_texts.iter().any(|text| text.match_max != most(uses(text))) {
        return None;
    }
    let text_of = |gap: &Gap| {
        let pair = right.iter().find(|pair| pair.target == gap.identifier)?;
        it.gap_texts.iter().find(|text| text.identifier == pair.source)
    };
    let passage = it.text.try_map(text_of)?;
    let spare: Vec<_> = it.gap_texts.iter().filter(|text| uses(text) == 0).collect();
    let spare: Vec<_> = spare.iter().map(|text| text.content.as_str()).collect();
    let mut fields = fill_scoring(&declared.scoring)?;
    fields.push(pair("passage", passage.write(|text| text.content.clone())));
    fields.push(pair("spare", spare.join("\n")));
    Some(fields)
}

pub(super) fn read(form: &Form, errors: &mut FieldErrors) -> Option<Question> {
    let named = Flow::read(form.text("passage"), str::to_owned);
    if named.parts().any(String::is_empty) {
        errors.add("passage", "item-gap-empty");
    }
    let mut contents: Vec<&str> = Vec::new();
    let spare = form.text("spare").lines().map(str::trim);
    for content in named.parts().map(String::as_str).chain(spare) {
        if !content.is_empty() && !contents.contains(&content) {
            contents.push(content);
        }
    }
    let uses = |content: &str| named.parts().filter(|part| *part == content).count();
    let texts = contents.iter().enumerate();
    let gap_texts: Option<Vec<_>> = texts
        .map(|(place, content)| {
            Some(AssociableChoice {
                identifier: numbered('T', place)?,
                content: (*content).to_owned(),
                match_max: most(uses(content)),
            })
        })
        .collect();
    let gap_texts = gap_texts?;
    let (mut gaps, mut right) = (0.., Vec::new());
    let text = named.try_map(|content| {
        let identifier = numbered('G', gaps.next()?)?;
        let text = gap_texts.iter().find(|text| text.content == *content);
        right.extend(text.map(|text| DirectedPair {
            source: text.identifier.clone(),
            target: identifier.clone(),
        }));
        Some(Gap { identifier })
    })?;
    let correct = (!right.is_empty()).then_some(Value::DirectedPairs(right));
    let scoring = scoring(form, errors);
    Some(Question {
        interaction: Interaction::GapMatch(GapMatchInteraction {
            response: response()?,
            prompt: lines(form.text("prompt")),
            gap_texts,
            text,
        }),
        declaration: declaration(Cardinality::Multiple, BaseType::DirectedPair, correct, scoring)?,
        said: Vec::new(),
    })
}
