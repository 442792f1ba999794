//! What is wrong with something that a person wrote.

use std::{collections::BTreeMap, fmt};

use serde::Serialize;

/// One thing to put right in a definition: what, where, and the figures that
/// the sentence about it needs. A page looks the sentence up by the code, in
/// the reader's language, and shows it beside the field that the path names.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Problem {
    /// Which sentence, in kebab-case: `cut-above-items`.
    pub code: &'static str,
    /// Where, as field names and indices joined by dots: `any.0.cut`. Empty for the whole.
    pub path: String,
    /// What the sentence names, by placeholder.
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    pub args: BTreeMap<&'static str, String>,
}

impl Problem {
    /// A problem at `path`.
    #[must_use]
    pub fn at(path: impl Into<String>, code: &'static str) -> Self {
        Self {
            code,
            path: path.into(),
            args: BTreeMap::new(),
        }
    }

    /// The same problem with one more figure for its sentence.
    #[must_use]
    pub fn with(mut self, name: &'static str, value: impl fmt::Display) -> Self {
        self.args.insert(name, value.to_string());
        self
    }

    /// The same problem, seen from the thing that holds its subject at `outer`.
    #[must_use]
    pub fn within(mut self, outer: &str) -> Self {
        self.path = match (outer.is_empty(), self.path.is_empty()) {
            (true, _) => self.path,
            (false, true) => outer.to_owned(),
            (false, false) => format!("{outer}.{}", self.path),
        };
        self
    }
}
