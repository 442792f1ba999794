//! An item out of QTI 2 or 3.

mod body;
pub(in crate::assessment) mod declaration;
mod expression;
mod feedback;
mod flow;
mod graphic;
mod interaction;
mod mapping;
pub(in crate::assessment) mod markdown;
mod math;
mod own;
pub(in crate::assessment) mod rubric;
mod rules;
mod scoring;

use std::collections::BTreeSet;

use own::Own;

use super::{
    report::{Change, ChangeCode, Import, Refusal, RefusalCode},
    xml::Element,
};
use crate::assessment::{Feedback, Identifier, Interaction, Item, OutcomeDeclaration, limits, max_score};

/// Reads one `qti-assessment-item` (QTI 3.0) or `assessmentItem` (2.1, 2.2).
///
/// `file` says what a text is to call the file at an address that the item has,
/// and none if there is no such file.
///
/// What the item model cannot carry is named among the changes where the
/// question stays the same and scores the same, and is a refusal otherwise. A
/// text is compared as all texts are here (after NFKC, with outer white space
/// off), which forgives a little more than QTI asks for.
pub fn read(bytes: &[u8], file: &mut dyn FnMut(&str) -> Option<String>) -> Result<Import, Refusal> {
    item(&Element::parse(bytes)?, file)
}

/// The same of a document that was taken apart already.
pub(in crate::assessment) fn item(
    root: &Element,
    file: &mut dyn FnMut(&str) -> Option<String>,
) -> Result<Import, Refusal> {
    if root.name != "assessment-item" {
        return Err(root.refuse(RefusalCode::NotAnItem));
    }
    let mut reader = Reader::new(root.attribute("title").unwrap_or_default(), file);
    reader.parts(root)?;
    let declared = declaration::declared(root)?;
    let before = reader.changes.clone();
    let as_sum = scoring::rules(root, &declared).and_then(|rules| reader.item(root, &declared, &rules));
    let item = match as_sum {
        // Not a sum over responses: the rules are kept as they are.
        Err(refusal) if refusal.code == RefusalCode::UnsupportedScoring && Own::are_there(root) => {
            reader.changes = before;
            reader.scorers.clear();
            let rules = scoring::Rules {
                own: Some(Own::read(root)?),
                ..scoring::Rules::default()
            };
            reader.item(root, &declared, &rules)?
        }
        as_sum => as_sum?,
    };
    own::hold(&item, root)?;
    let maximum = declaration::maximum(root);
    if maximum.is_some_and(|maximum| maximum != max_score(&item)) && !item.is_marked_by_a_person() {
        reader.note(ChangeCode::MaximumDiffers, root);
    }
    if maximum.is_none() && item.processing.is_some() {
        let rules = root.first("response-processing").unwrap_or(root);
        if !own::has_all_keys(&item, root) {
            return Err(rules.refuse(RefusalCode::UnsupportedScoring));
        }
        reader.note(ChangeCode::MaximumAssumed, rules);
    }
    reader.changes.sort();
    reader.changes.dedup();
    Ok(Import {
        identifier: root.attribute("identifier").unwrap_or_default().to_owned(),
        item,
        tags: BTreeSet::new(),
        changes: reader.changes,
    })
}

/// Before keys and mappings are held against the interactions: no more of them,
/// and of their choices, than an item may have.
fn bounded(item: &Item, body: &Element) -> Result<(), Refusal> {
    let count = item.interactions().count();
    if count == 0 {
        return Err(body.refuse(RefusalCode::NoInteraction));
    }
    // Sources and targets are counted together.
    let is_large = |it: &Interaction| it.choices().len() > 2 * limits::CHOICES;
    if count > limits::INTERACTIONS || item.interactions().any(is_large) {
        return Err(body.refuse(RefusalCode::TooLarge));
    }
    Ok(())
}

/// What is known while an item is read.
pub(in crate::assessment) struct Reader<'r> {
    file: &'r mut dyn FnMut(&str) -> Option<String>,
    pub(in crate::assessment) changes: Vec<Change>,
    /// What scorers are told in prose, as Markdown.
    scorers: String,
    title: String,
}

impl<'r> Reader<'r> {
    /// One that reads the texts of an item of that title.
    pub(in crate::assessment) fn new(title: &str, file: &'r mut dyn FnMut(&str) -> Option<String>) -> Self {
        Self {
            file,
            changes: Vec::new(),
            scorers: String::new(),
            title: title.to_owned(),
        }
    }
}

impl Reader<'_> {
    fn item(
        &mut self,
        root: &Element,
        declared: &declaration::Declarations<'_>,
        rules: &scoring::Rules<'_>,
    ) -> Result<Item, Refusal> {
        let body = root.first("item-body");
        let body = body.ok_or_else(|| root.refuse(RefusalCode::NoInteraction))?;
        let mut item = Item {
            title: self.title.chars().take(limits::TITLE).collect(),
            language: root.attribute("lang").unwrap_or("und").to_owned(),
            body: self.body(body, declared, rules)?,
            responses: Vec::new(),
            outcomes: OutcomeDeclaration::standard(),
            processing: None,
            template: own::template(root)?,
            feedback: Feedback::default(),
        };
        bounded(&item, body)?;
        item.responses = self.declarations(root, &item, declared, rules)?;
        match &rules.own {
            Some(own) => {
                item.outcomes.clone_from(&own.outcomes);
                item.processing = Some(own.processing.clone());
                item.feedback = self.feedback_by_outcome(root, own)?;
            }
            None => item.feedback = self.feedback(root, &item, rules)?,
        }
        Ok(item)
    }

    pub(in crate::assessment) fn note(&mut self, code: ChangeCode, element: &Element) {
        let place = element.place();
        self.changes.push(Change { code, place });
    }

    /// The parts of an item that the others do not read.
    fn parts(&mut self, root: &Element) -> Result<(), Refusal> {
        if root.flag("adaptive", false) {
            return Err(root.refuse(RefusalCode::UnsupportedAdaptive));
        }
        for part in root.elements() {
            match part.name.as_str() {
                "assessment-stimulus-ref" => return Err(part.refuse(RefusalCode::UnsupportedContent)),
                "catalog-info" | "companion-materials-info" => {
                    self.note(ChangeCode::AccessibilityDropped, part);
                }
                "context-declaration" => self.note(ChangeCode::VariableDropped, part),
                "response-declaration"
                | "outcome-declaration"
                | "template-declaration"
                | "template-processing"
                | "item-body"
                | "response-processing"
                | "modal-feedback"
                | "rubric-block" => {}
                _ => self.note(ChangeCode::PresentationDropped, part),
            }
        }
        Ok(())
    }
}

/// The identifier in that attribute.
fn identifier(element: &Element, attribute: &str) -> Result<Identifier, Refusal> {
    let text = element.attribute(attribute).unwrap_or_default();
    text.parse().map_err(|_| element.refuse(RefusalCode::Invalid))
}
