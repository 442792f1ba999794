//! Question banks of Common Cartridge 1.3: QTI 1.2.1, in the profile that the
//! standard gives it. The questions of its assessments are read in the same way.
//!
//! Rules are not recognised by their looks. They are followed for every answer that
//! can matter, and what comes out is put as a scoring that there is here, or refused.
//! What all banks have in common, whoever wrote them, comes from
//! [`moodle`](super::moodle).

mod choose;
mod rules;
mod say;
#[cfg(test)]
mod tests;
mod text;
mod write;

use std::collections::BTreeSet;

use super::{
    Points, limits,
    moodle::{Asked, MAX_QUESTIONS, Part, Question},
    qti::{
        Import, Refusal, RefusalCode,
        read::{Reader, declaration},
        xml::{Bounds, Element, text_of},
    },
};
use rules::Rules;

/// The questions of a bank or an assessment, each as a document of its own.
pub fn split(bytes: &[u8]) -> Result<Vec<Part>, Refusal> {
    let text = text_of(bytes)?;
    let root = document(bytes)?;
    let items = items(&root);
    if let Some(one_too_many) = items.get(MAX_QUESTIONS) {
        return Err(one_too_many.refuse(RefusalCode::TooLarge));
    }
    if items.is_empty() {
        return Err(root.refuse(RefusalCode::NotAnItem));
    }
    let parts = items.into_iter().map(|item| Part {
        name: named(item),
        category: field(item, "cc_question_category").unwrap_or_default(),
        line: item.line,
        source: format!(
            "<questestinterop>{}</questestinterop>",
            text.get(item.span.clone()).unwrap_or_default()
        ),
    });
    Ok(parts.collect())
}

/// Reads a document of one question.
///
/// `file` says what a text is to call the file at an address, and none if there is
/// no such file. A question is worth its weight among the others, and one point
/// where it has none.
pub fn read(bytes: &[u8], file: &mut dyn FnMut(&str) -> Option<String>) -> Result<Import, Refusal> {
    item(&document(bytes)?, file)
}

/// The same of a document that was taken apart already.
pub(in crate::assessment) fn item(
    root: &Element,
    file: &mut dyn FnMut(&str) -> Option<String>,
) -> Result<Import, Refusal> {
    let items = items(root);
    let it = *items.first().ok_or_else(|| root.refuse(RefusalCode::NotAnItem))?;
    if let Some(second) = items.get(1) {
        return Err(second.refuse(RefusalCode::NotAnItem));
    }
    let title: String = named(it).chars().take(limits::TITLE).collect();
    let mut question = Question::new(it, Reader::new(&title, file), grade(it)?);
    let asked = asked(&mut question, &title)?;
    let item = asked.titled(title);
    question.hold(&item)?;
    let identifier = it.attribute("ident").filter(|ident| !ident.is_empty());
    Ok(Import {
        identifier: identifier.map_or_else(|| item.title.clone(), str::to_owned),
        item,
        tags: BTreeSet::new(),
        changes: question.changes(),
    })
}

pub(in crate::assessment) fn document(bytes: &[u8]) -> Result<Element, Refusal> {
    let root = Element::parse_within(text_of(bytes)?, Bounds::BANK)?;
    if root.name != "questestinterop" {
        return Err(root.refuse(RefusalCode::NotAnItem));
    }
    Ok(root)
}

/// The items that stand in banks and sections; none of them stands in another.
fn items(element: &Element) -> Vec<&Element> {
    let below = element.elements().flat_map(|below| match below.name.as_str() {
        "item" => vec![below],
        _ => items(below),
    });
    below.collect()
}

/// What the file calls a question.
fn named(item: &Element) -> String {
    let title = item.attribute("title").filter(|title| !title.is_empty());
    let name = title.or_else(|| item.attribute("ident")).unwrap_or_default();
    name.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// What is said of a question under that label.
fn field(item: &Element, label: &str) -> Option<String> {
    let metadata = item.first("itemmetadata")?.below();
    let is_it = |field: &&&Element| {
        let known = field.first("fieldlabel").map(Element::text);
        field.name == "qtimetadatafield" && known.is_some_and(|known| known.trim() == label)
    };
    let field = metadata.iter().find(is_it)?;
    Some(field.first("fieldentry")?.text().trim().to_owned())
}

/// What a right answer is worth.
fn grade(item: &Element) -> Result<Points, Refusal> {
    let weight = field(item, "cc_weighting").or_else(|| field(item, "points_possible"));
    let Some(weight) = weight else {
        return Ok(Points::ONE);
    };
    declaration::points(&weight)
        .filter(|points| *points > Points::ZERO)
        .ok_or_else(|| item.refuse(RefusalCode::UnsupportedScoring))
}

fn asked(question: &mut Question<'_, '_>, title: &str) -> Result<Asked, Refusal> {
    let it = question.it;
    let presentation = it
        .first("presentation")
        .ok_or_else(|| question.refuse(RefusalCode::NoInteraction))?;
    let responses = presentation.below();
    let responses: Vec<_> = responses.into_iter().filter(|it| is_response(it)).collect();
    let response = match responses.as_slice() {
        [] => return Err(question.refuse(RefusalCode::NoInteraction)),
        [only] => *only,
        [_, second, ..] => return Err(second.refuse(RefusalCode::UnsupportedInteraction)),
    };
    let prompt = text::prompt(question, presentation)?;
    let rules = Rules::of(it, response)?;
    match (response.name.as_str(), response.attribute("rcardinality")) {
        ("response_lid", None | Some("Single")) => choose::one(question, response, prompt, &rules),
        ("response_lid", Some("Multiple")) => choose::several(question, response, prompt, &rules),
        ("response_str", None | Some("Single")) if rules.give_points() => {
            write::line(question, response, prompt, &rules)
        }
        ("response_str", None | Some("Single")) => {
            // What a person marks has no rules; what says it is another kind has lost them.
            let profile = field(it, "cc_profile").unwrap_or_default();
            if !profile.is_empty() && !profile.starts_with("cc.essay.") {
                return Err(question.refuse(RefusalCode::UnsupportedScoring));
            }
            write::text(question, response, prompt, title, &rules)
        }
        _ => Err(response.refuse(RefusalCode::UnsupportedInteraction)),
    }
}

fn is_response(element: &Element) -> bool {
    element.name.starts_with("response_") && element.name != "response_label"
}
