//! Marking by a person.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::{Identifier, Points};

/// What an assessor marks by: criteria, each with levels.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Rubric {
    /// What is looked at, in the order in which it is marked.
    pub criteria: Vec<Criterion>,
}

/// One thing that is looked at.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Criterion {
    /// Its name in a mark.
    pub identifier: Identifier,
    /// What it is called.
    pub title: String,
    /// What is meant, as Markdown.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub description: String,
    /// How well it can be met, in the order shown.
    pub levels: Vec<Level>,
}

/// How well a criterion is met.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Level {
    /// Its name in a mark.
    pub identifier: Identifier,
    /// What it is called.
    pub title: String,
    /// How work at this level looks, as Markdown.
    pub descriptor: String,
    /// What it is worth.
    pub points: Points,
}

/// An assessor's judgement.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Mark {
    /// The level reached, by criterion.
    pub levels: BTreeMap<Identifier, Identifier>,
    /// What the assessor tells the learner, as Markdown.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub comment: String,
}
