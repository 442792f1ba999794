//! What an assessment is made of and how it is taken.

use serde::{Deserialize, Serialize};

use crate::id::{CompetencyId, ItemVersionId};

/// An assessment as its author defined it (QTI 3 `qti-assessment-test`, with
/// what QTI leaves to the delivery engine).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Assessment {
    /// What it is called.
    pub title: String,
    /// What is said before it starts, as Markdown.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub instructions: String,
    /// What is asked, part by part.
    pub sections: Vec<Section>,
    /// How items follow each other, and when it ends.
    pub mode: Mode,
    /// How long an attempt may take, in seconds; absent: as long as it takes.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub time_limit: Option<u32>,
    /// How many attempts a learner has; absent: any number.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub attempts: Option<u16>,
    /// How long after the end of one attempt the next may start, in seconds.
    #[serde(default)]
    pub cooldown: u32,
    /// Whether items may come again.
    #[serde(default)]
    pub unseen: Unseen,
    /// What learners are told about their answers.
    pub feedback: FeedbackPolicy,
    /// Whether each learner gets the items of a section in an order of their own.
    #[serde(default)]
    pub shuffle: bool,
    /// How items are laid out.
    #[serde(default)]
    pub layout: Layout,
    /// The name of the rule that decides what a result shows; absent: practice,
    /// which decides nothing.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub pass_rule: Option<String>,
}

/// A part of an assessment.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Section {
    /// Its heading; may be empty if there is one section only.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub title: String,
    /// Where its items come from.
    pub selection: Selection,
}

/// Where a section's items come from.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub enum Selection {
    /// These, for everyone.
    Items(Vec<ItemVersionId>),
    /// So many from the pools of these competencies, as evenly as it comes out.
    #[serde(rename_all = "camelCase")]
    Pool {
        /// Whose pools.
        competencies: Vec<CompetencyId>,
        /// How many items in all; for a sequential gate, the most that it may ask.
        count: u16,
    },
}

/// How items follow each other, and when an attempt ends.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub enum Mode {
    /// All items, freely moved between, until the learner submits.
    FixedForm,
    /// One item after another without return, until the gate's table says pass or fail.
    SequentialGate,
}

/// Whether a learner may get an item again.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub enum Unseen {
    /// It doesn't matter.
    Any,
    /// Only when the unseen ones are used up.
    #[default]
    Preferred,
    /// Never: without enough unseen items there is no attempt.
    Required,
}

/// What learners are told about their answers.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct FeedbackPolicy {
    /// When.
    pub when: FeedbackTime,
    /// Whether correct answers are shown with it.
    #[serde(default)]
    pub correct_answers: bool,
}

/// When learners are told about their answers.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub enum FeedbackTime {
    /// After each answer, which then stands.
    AtOnce,
    /// After the attempt.
    AtEnd,
    /// Never: the result only.
    Never,
}

/// How items are laid out.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub enum Layout {
    /// Each on a page of its own.
    #[default]
    OneItemPerPage,
    /// All on one page.
    OnePage,
}
