//! What a learner types or sets.

use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};

use crate::{
    assessment::{Decimal, Identifier},
    text::text_enum,
};

/// A line of text.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct TextEntryInteraction {
    /// The response that it fills.
    pub response: Identifier,
    /// What is asked, as Markdown; in a passage, what the gap is called.
    #[serde(default)]
    pub prompt: String,
    /// How many characters wide the field is; shown to the learner.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub expected_length: Option<u16>,
}

/// A number.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct NumericEntryInteraction {
    /// The response that it fills.
    pub response: Identifier,
    /// What is asked, as Markdown; in a passage, what the gap is called.
    #[serde(default)]
    pub prompt: String,
    /// Whose business the unit is.
    #[serde(default)]
    pub unit: UnitEntry,
}

/// How a numeric entry deals with units.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub enum UnitEntry {
    /// The number has none.
    #[default]
    None,
    /// Shown beside the field: the learner types the number only.
    Shown(String),
    /// The learner types it after the number.
    Typed,
}

/// A number between two others, in steps.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct SliderInteraction {
    /// The response that it fills.
    pub response: Identifier,
    /// What is asked, as Markdown.
    pub prompt: String,
    /// The least that can be set.
    pub lower_bound: Decimal,
    /// The most that can be set.
    pub upper_bound: Decimal,
    /// How far apart the numbers are that can be set, from the least on.
    pub step: Decimal,
}

impl SliderInteraction {
    /// Whether the number can be set at all.
    pub(in crate::assessment) fn reaches(&self, number: &Decimal) -> bool {
        let (least, most, number) = (self.lower_bound.exact(), self.upper_bound.exact(), number.exact());
        least <= number && number <= most
    }

    /// Whether the number is a step and not between two. The upper bound can
    /// always be set.
    pub(in crate::assessment) fn has_step_at(&self, number: &Decimal) -> bool {
        let (off, step) = (number.exact() - self.lower_bound.exact(), self.step.exact());
        step <= 0 || number.exact() == self.upper_bound.exact() || off % step == 0
    }
}

/// A longer text, marked by a person.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct ExtendedTextInteraction {
    /// The response that it fills.
    pub response: Identifier,
    /// What is asked, as Markdown.
    pub prompt: String,
    /// How many lines high the field is.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub expected_lines: Option<u16>,
    /// How many words are expected at most; shown, counted, not enforced.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub expected_words: Option<u16>,
}

/// A file that shows what was done, marked by a person.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct UploadInteraction {
    /// The response that it fills.
    pub response: Identifier,
    /// What is asked, as Markdown.
    pub prompt: String,
    /// What sorts of file are taken; none named: all there are.
    #[serde(default, skip_serializing_if = "BTreeSet::is_empty")]
    pub accepts: BTreeSet<UploadType>,
}

impl UploadInteraction {
    /// Whether it takes a file of that sort.
    #[must_use]
    pub fn takes(&self, sort: UploadType) -> bool {
        self.accepts.is_empty() || self.accepts.contains(&sort)
    }
}

text_enum! {
    /// A sort of file that can be an answer.
    pub enum UploadType {
        /// A photograph or a drawing.
        Picture = "picture",
        /// A PDF.
        Document = "document",
        /// A film.
        Film = "film",
        /// Plain text.
        Text = "text",
    }
}
