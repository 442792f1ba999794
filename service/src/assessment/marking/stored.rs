//! A mark, as it lies in the database.

use std::collections::BTreeMap;

use domain::assessment::{Annotation, Identifier, Mark, Response, Value};
use serde::{Deserialize, Serialize};

use crate::Result;

/// A mark, as it is stored.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub struct StoredMark {
    /// What was said of each response that a person marks.
    pub marks: BTreeMap<Identifier, Mark>,
    /// The lowest level given on any criterion; 0 is a rubric's lowest.
    pub level: u8,
}

/// A text, and what was said of places in it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Annotated {
    /// The text.
    pub text: String,
    /// What was said.
    pub annotations: Vec<Annotation>,
}

impl StoredMark {
    /// The mark in a column, if there is one.
    pub(crate) fn read(column: Option<&str>) -> Result<Option<Self>> {
        Ok(column.map(serde_json::from_str).transpose()?)
    }

    /// Whether it says all that `given` says.
    pub(super) fn says(&self, given: &BTreeMap<Identifier, Mark>) -> bool {
        let none = Mark::default();
        self.marks.iter().all(|(response, own)| {
            let given = given.get(response).unwrap_or(&none);
            own.levels == given.levels
                && own.comment == given.comment
                && given.annotations.iter().all(|it| own.annotations.contains(it))
        })
    }

    /// What the assessor wrote to the learner, as Markdown.
    #[must_use]
    pub fn comments(self) -> Vec<String> {
        let comments = self.marks.into_values().map(|mark| mark.comment);
        comments.filter(|comment| !comment.trim().is_empty()).collect()
    }

    /// The texts of an answer in which the assessor said something of a place.
    #[must_use]
    pub fn annotated(&self, answer: &Response) -> Vec<Annotated> {
        let all = self
            .marks
            .iter()
            .filter(|(_, mark)| !mark.annotations.is_empty())
            .map(|(response, mark)| Annotated {
                text: text_of(answer, response),
                annotations: mark.annotations.clone(),
            });
        all.collect()
    }
}

/// What a learner wrote there. It never changes once it was handed in: places in it
/// stay where they are.
pub(super) fn text_of(answer: &Response, response: &Identifier) -> String {
    match answer.get(response) {
        Some(Value::Text(text)) => text.clone(),
        _ => String::new(),
    }
}
