//! Question banks as Moodle writes them (Moodle XML format).
//!
//! A bank is [`split()`] into documents of one question each, so that one that is
//! not taken now can be tried again later by itself; [`read()`] reads such a
//! document, and scores as Moodle does on a first try. Texts and everything that
//! a report says come from where QTI is read; what is done here with fractions of
//! points and with words serves [`cartridge`](super::cartridge) as well.

mod arrange;
mod choice;
mod cloze;
mod entry;
mod files;
mod gaps;
mod split;
#[cfg(test)]
mod tests;
mod text;

pub(in crate::assessment) use entry::Accepted;
pub(in crate::assessment) use files::embedded;
pub use files::is_embedded;
pub use split::{MAX_QUESTIONS, Part, split};
pub(in crate::assessment) use text::bounded;

use std::collections::BTreeSet;

use files::{Files, files};

use super::{
    BaseType, Block, Cardinality, Comparison, ExtendedTextInteraction, Feedback, Identifier, Interaction,
    Item, OutcomeDeclaration, Points, ResponseDeclaration, ResponseProcessing, Rubric, Scoring, Tag, Value,
    limits,
    qti::{
        Change, ChangeCode, Import, Refusal, RefusalCode,
        read::{Reader, declaration, markdown::escaped},
        xml::{Bounds, Element, text_of},
    },
};

/// The response of a question that asks for one.
pub(in crate::assessment) const RESPONSE: &str = "RESPONSE";
/// So many files stand in one question at most.
const MOST_FILES: usize = 50;

/// Reads a bank of one question.
///
/// `file` says what a text is to call the file at a path, which
/// [`Document::embedded`](super::Document::embedded) has the bytes of, and none if
/// there is no such file. Where a choice or an answer takes points away, an item here
/// goes no lower than zero; what a further try would cost is left out, since here is
/// one try.
pub fn read(bytes: &[u8], file: &mut dyn FnMut(&str) -> Option<String>) -> Result<Import, Refusal> {
    item(&document(bytes)?, file)
}

/// The same of a document that was taken apart already.
pub(in crate::assessment) fn item(
    root: &Element,
    file: &mut dyn FnMut(&str) -> Option<String>,
) -> Result<Import, Refusal> {
    let it = question(root)?;
    if files(it).count() > MOST_FILES {
        return Err(it.refuse(RefusalCode::TooLarge));
    }
    let name = it.first("name").map(said).unwrap_or_default();
    let title = name.split_whitespace().collect::<Vec<_>>().join(" ");
    let mut question = Question::new(it, Reader::new(&title, file), grade(it)?);
    let mut asked = question.asked()?;
    question.feedback(&mut asked)?;
    let item = asked.titled(title.chars().take(limits::TITLE).collect());
    question.hold(&item)?;
    let tags = question.tags();
    let id = it.first("idnumber").map(Element::text).unwrap_or_default();
    let id = id.trim();
    Ok(Import {
        identifier: if id.is_empty() { title } else { id.to_owned() },
        item,
        tags,
        changes: question.changes(),
    })
}

pub(in crate::assessment) fn document(bytes: &[u8]) -> Result<Element, Refusal> {
    let root = Element::parse_within(text_of(bytes)?, Bounds::BANK)?;
    if root.name != "quiz" {
        return Err(root.refuse(RefusalCode::NotAnItem));
    }
    Ok(root)
}

/// The one question of a bank.
fn question(root: &Element) -> Result<&Element, Refusal> {
    let mut questions = root.all("question");
    let question = questions
        .next()
        .ok_or_else(|| root.refuse(RefusalCode::NotAnItem))?;
    match questions.next() {
        Some(second) => Err(second.refuse(RefusalCode::NotAnItem)),
        None => Ok(question),
    }
}

/// What an element says: the text in it, or in its `text`.
fn said(element: &Element) -> String {
    element
        .first("text")
        .map_or_else(|| element.text(), Element::text)
}

/// What a right answer is worth.
fn grade(it: &Element) -> Result<Points, Refusal> {
    let Some(grade) = it.first("defaultgrade") else {
        return Ok(Points::ONE);
    };
    declaration::points(&grade.text())
        .filter(|grade| *grade > Points::ZERO)
        .ok_or_else(|| grade.refuse(RefusalCode::UnsupportedScoring))
}

/// So many percent of the points, to the nearest hundredth.
pub(in crate::assessment) fn worth(grade: Points, percent: f64) -> Points {
    Points::nearest(exact(grade) * percent / 100.0)
}

fn exact(points: Points) -> f64 {
    i32::try_from(points.hundredths()).map_or(0.0, |hundredths| f64::from(hundredths) / 100.0)
}

pub(in crate::assessment) fn identifier(element: &Element, name: &str) -> Result<Identifier, Refusal> {
    name.parse().map_err(|_| element.refuse(RefusalCode::Invalid))
}

/// A response with nothing but its key, compared exactly.
pub(in crate::assessment) fn declared(
    identifier: Identifier,
    (cardinality, base_type): (Cardinality, BaseType),
    key: Value,
    scoring: Scoring,
) -> ResponseDeclaration {
    ResponseDeclaration {
        identifier,
        cardinality,
        base_type,
        correct_response: Some(key),
        comparison: Comparison::Exact,
        mapping: None,
        area_mapping: None,
        scoring,
    }
}

/// What a question asks and how it is scored.
#[derive(Default)]
pub(in crate::assessment) struct Asked {
    pub(in crate::assessment) body: Vec<Block>,
    pub(in crate::assessment) responses: Vec<ResponseDeclaration>,
    pub(in crate::assessment) processing: Option<ResponseProcessing>,
    pub(in crate::assessment) feedback: Feedback,
}

impl Asked {
    /// What is asked, as an item. Banks do not say in what language it is.
    pub(in crate::assessment) fn titled(self, title: String) -> Item {
        Item {
            title,
            language: "und".to_owned(),
            body: self.body,
            responses: self.responses,
            outcomes: OutcomeDeclaration::standard(),
            processing: self.processing,
            template: None,
            feedback: self.feedback,
        }
    }

    /// A longer text, which a person marks. Sizes that no field here has are left out.
    pub(in crate::assessment) fn essay(
        response: Identifier,
        prompt: String,
        (lines, words): (Option<u16>, Option<u16>),
        rubric: Rubric,
    ) -> Self {
        let interaction = Interaction::ExtendedText(ExtendedTextInteraction {
            response: response.clone(),
            prompt,
            expected_lines: lines.filter(|lines| (1..=100).contains(lines)),
            expected_words: words.filter(|words| (1..=10_000).contains(words)),
        });
        let declared = ResponseDeclaration {
            identifier: response,
            cardinality: Cardinality::Single,
            base_type: BaseType::String,
            correct_response: None,
            comparison: Comparison::Exact,
            mapping: None,
            area_mapping: None,
            scoring: Scoring::Rubric(rubric),
        };
        Self::one(interaction, declared)
    }

    pub(in crate::assessment) fn one(interaction: Interaction, declared: ResponseDeclaration) -> Self {
        Self {
            body: vec![Block::Interaction(interaction)],
            responses: vec![declared],
            ..Self::default()
        }
    }
}

/// A question while it is read.
pub(in crate::assessment) struct Question<'a, 'r> {
    pub(in crate::assessment) it: &'a Element,
    /// The files that stand in it.
    files: Files,
    pub(in crate::assessment) texts: Reader<'r>,
    pub(in crate::assessment) grade: Points,
}

impl<'a, 'r> Question<'a, 'r> {
    /// A question that a right answer to is worth `grade`.
    pub(in crate::assessment) fn new(it: &'a Element, texts: Reader<'r>, grade: Points) -> Self {
        Self {
            it,
            files: Files::of(it),
            texts,
            grade,
        }
    }

    /// What is not as it was in the file, each once.
    pub(in crate::assessment) fn changes(self) -> Vec<Change> {
        let mut changes = self.texts.changes;
        changes.sort();
        changes.dedup();
        changes
    }
}

impl Question<'_, '_> {
    fn asked(&mut self) -> Result<Asked, Refusal> {
        match self.it.attribute("type").unwrap_or_default() {
            "multichoice" => self.multichoice(),
            "multichoiceset" => self.all_or_nothing(),
            "truefalse" => self.true_or_false(),
            "shortanswer" => self.short_answer(),
            "numerical" => self.numerical(),
            "essay" => self.essay(),
            "matching" => self.matching(),
            "ordering" => self.ordering(),
            "ddwtos" => self.words_into_gaps(),
            "gapselect" => self.lists_in_gaps(),
            "cloze" | "multianswer" => self.cloze(),
            "description" | "category" => Err(self.it.refuse(RefusalCode::NoInteraction)),
            "calculated" | "calculatedmulti" | "calculatedsimple" => {
                Err(self.it.refuse(RefusalCode::UnsupportedTemplate))
            }
            _ => Err(self.it.refuse(RefusalCode::UnsupportedInteraction)),
        }
    }

    pub(in crate::assessment) fn refuse(&self, code: RefusalCode) -> Refusal {
        self.it.refuse(code)
    }

    /// What is said after scoring, whatever kind it is.
    fn feedback(&mut self, asked: &mut Asked) -> Result<(), Refusal> {
        let feedback = &mut asked.feedback;
        for (name, text) in [
            ("generalfeedback", &mut feedback.general),
            ("correctfeedback", &mut feedback.correct),
            ("partiallycorrectfeedback", &mut feedback.partly),
            ("incorrectfeedback", &mut feedback.incorrect),
        ] {
            let Some(element) = self.it.first(name) else {
                continue;
            };
            let markdown = self.markdown(element)?;
            if !markdown.is_empty() {
                *text = Some(markdown);
            }
        }
        // Said between tries, of which there is one.
        for hint in self.it.all("hint").filter(|hint| !said(hint).trim().is_empty()) {
            self.texts.note(ChangeCode::FeedbackDropped, hint);
        }
        Ok(())
    }

    /// The question's own words; its name where it has none.
    fn prompt(&mut self) -> Result<String, Refusal> {
        let prompt = match self.it.first("questiontext") {
            Some(text) => self.markdown(text)?,
            None => String::new(),
        };
        Ok(self.or_title(prompt))
    }

    pub(in crate::assessment) fn or_title(&mut self, prompt: String) -> String {
        if !prompt.trim().is_empty() {
            return prompt;
        }
        self.texts.note(ChangeCode::PromptMade, self.it);
        let name = self.it.first("name").map(said).unwrap_or_default();
        escaped(name.trim())
    }

    /// What it is found by there.
    fn tags(&mut self) -> BTreeSet<Tag> {
        let mut tags = BTreeSet::new();
        for element in self.it.all("tags").flat_map(Element::elements) {
            match Tag::parse(&said(element)) {
                Ok(tag) if tags.len() < Tag::MOST || tags.contains(&tag) => {
                    tags.insert(tag);
                }
                _ => self.texts.note(ChangeCode::TagDropped, element),
            }
        }
        tags
    }

    /// No more of anything than an item may have.
    pub(in crate::assessment) fn hold(&self, item: &Item) -> Result<(), Refusal> {
        let is_large = |it: &Interaction| it.choices().len() > 2 * limits::CHOICES;
        if item.interactions().count() > limits::INTERACTIONS || item.interactions().any(is_large) {
            return Err(self.refuse(RefusalCode::TooLarge));
        }
        if item.interactions().next().is_none() {
            return Err(self.refuse(RefusalCode::NoInteraction));
        }
        Ok(())
    }
}

/// Whether a setting says yes; `otherwise` if it is not there.
fn is_set(it: &Element, name: &str, otherwise: bool) -> bool {
    it.first(name)
        .map(|setting| setting.text().trim().to_lowercase())
        .filter(|said| !said.is_empty())
        .map_or(otherwise, |said| matches!(said.as_str(), "1" | "true"))
}

/// How much of the points an answer gives, in percent; negative where it takes away.
fn fraction(answer: &Element) -> Result<f64, Refusal> {
    let text = answer.attribute("fraction").unwrap_or("0");
    text.parse::<f64>()
        .ok()
        .filter(|percent| percent.abs() <= 100.0)
        .ok_or_else(|| answer.refuse(RefusalCode::Invalid))
}

/// All points, as near as five decimals of a percent can say it.
pub(in crate::assessment) fn is_whole(percent: f64) -> bool {
    percent > 99.999
}
