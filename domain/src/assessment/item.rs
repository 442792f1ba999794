//! Items: what is asked, and apart from it, what is right.

use serde::{Deserialize, Serialize};

use super::{
    BaseType, Cardinality, Decimal, Flow, Identifier, Interaction, Literal, LookupTable, ResponseDeclaration,
    ResponseProcessing, Scoring, Template,
};

/// A question with everything that belongs to it (QTI 3 `qti-assessment-item`).
///
/// The body holds what learners see; `responses` and `feedback` hold what they
/// must not. Which competencies an item shows is said outside it, since an
/// organisation may reuse an item under another framework.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Item {
    /// What authors find it by. Not shown to learners: it tends to say the answer.
    pub title: String,
    /// The language of its text (BCP 47); says how numbers are read.
    pub language: String,
    /// Prose and interactions, in reading order.
    pub body: Vec<Block>,
    /// Key and scoring, one for each interaction.
    pub responses: Vec<ResponseDeclaration>,
    /// What scoring gives.
    #[serde(default = "OutcomeDeclaration::standard")]
    pub outcomes: Vec<OutcomeDeclaration>,
    /// Rules of its own for the points; without them, points are the sum of what
    /// each response earns by its declaration.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub processing: Option<ResponseProcessing>,
    /// How it is made anew for each learner; [`Item::variant`] does it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub template: Option<Template>,
    /// What is said after scoring.
    #[serde(default, skip_serializing_if = "Feedback::is_empty")]
    pub feedback: Feedback,
}

impl Item {
    /// The interactions, in reading order.
    pub fn interactions(&self) -> impl Iterator<Item = &Interaction> {
        self.body.iter().flat_map(Block::interactions)
    }

    /// Whether some of it has to be marked by a person, so that its score comes later.
    #[must_use]
    pub fn is_marked_by_a_person(&self) -> bool {
        let rubric = |declared: &ResponseDeclaration| matches!(declared.scoring, Scoring::Rubric(_));
        self.responses.iter().any(rubric)
    }

    /// The declaration of that identifier.
    #[must_use]
    pub fn declaration(&self, response: &Identifier) -> Option<&ResponseDeclaration> {
        self.responses
            .iter()
            .find(|declaration| declaration.identifier == *response)
    }
}

/// A piece of an item's body.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub enum Block {
    /// Markdown.
    Prose(String),
    /// Something to answer.
    Interaction(Interaction),
    /// Text with gaps to fill in.
    Passage(Passage),
}

impl Block {
    fn interactions(&self) -> Box<dyn Iterator<Item = &Interaction> + '_> {
        match self {
            Self::Prose(_) => Box::new(std::iter::empty()),
            Self::Interaction(interaction) => Box::new(std::iter::once(interaction)),
            Self::Passage(passage) => Box::new(passage.text.parts()),
        }
    }
}

/// Text with gaps to fill in: interactions that stand within a line (QTI 3
/// §inline interactions), each of which fills a response of its own.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Passage {
    /// What is to be done with it, as Markdown; may be empty.
    #[serde(default)]
    pub prompt: String,
    /// The text and its gaps.
    pub text: Flow<Interaction>,
}

/// A variable that scoring sets (QTI 3 `qti-outcome-declaration`). Every item
/// has SCORE and MAXSCORE; others are set and read by an item's own rules.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct OutcomeDeclaration {
    /// The variable's name.
    pub identifier: Identifier,
    /// How many values it holds.
    pub cardinality: Cardinality,
    /// Of what type.
    pub base_type: BaseType,
    /// What it holds before any rule sets it.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub default_value: Vec<Literal>,
    /// The most that it is meant to hold.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub normal_maximum: Option<Decimal>,
    /// What it is for which number.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub lookup_table: Option<LookupTable>,
}

impl OutcomeDeclaration {
    /// SCORE and MAXSCORE.
    #[must_use]
    pub fn standard() -> Vec<Self> {
        ["SCORE", "MAXSCORE"]
            .into_iter()
            .filter_map(|name| name.parse().ok())
            .map(|identifier| Self {
                identifier,
                cardinality: Cardinality::Single,
                base_type: BaseType::Float,
                default_value: Vec::new(),
                normal_maximum: None,
                lookup_table: None,
            })
            .collect()
    }
}

/// What is said to a learner after scoring, as Markdown (QTI 3 modal and inline
/// feedback).
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields, default)]
pub struct Feedback {
    /// Whatever was answered.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub general: Option<String>,
    /// When all points were given.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub correct: Option<String>,
    /// When some points were given; without it, `incorrect` is said.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub partly: Option<String>,
    /// When no points were given.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub incorrect: Option<String>,
    /// For a choice that was chosen.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub choices: Vec<ChoiceFeedback>,
    /// When an item's own rules say so.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub by_outcome: Vec<OutcomeFeedback>,
}

impl Feedback {
    /// Whether there is nothing to say.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        *self == Self::default()
    }
}

/// What is said about one choice to those who chose it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct ChoiceFeedback {
    /// The interaction's response.
    pub response: Identifier,
    /// The choice.
    pub choice: Identifier,
    /// What is said, as Markdown.
    pub markdown: String,
}

/// What is said when an outcome holds a name (QTI 3 `qti-modal-feedback`).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct OutcomeFeedback {
    /// The outcome.
    pub outcome: Identifier,
    /// The name.
    pub identifier: Identifier,
    /// Whether it is said unless the outcome holds the name.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub hide: bool,
    /// What is said, as Markdown.
    pub markdown: String,
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::assessment::sample;

    #[test]
    fn every_kind_is_the_same_after_json_and_back() {
        for item in sample::every_kind().into_iter().chain([sample::all_in_one()]) {
            let json = serde_json::to_string(&item).unwrap();
            assert_eq!(serde_json::from_str::<Item>(&json).unwrap(), item);
        }
    }

    #[test]
    fn a_field_that_nobody_knows_is_refused() {
        let json = serde_json::to_string(&sample::single()).unwrap();
        for (known, unknown) in [
            ("\"prompt\"", "\"hint\":\"\",\"prompt\""),
            ("\"points\"", "\"bonus\":1,\"points\""),
        ] {
            assert!(json.contains(known));
            assert!(
                serde_json::from_str::<Item>(&json.replace(known, unknown)).is_err(),
                "{unknown}"
            );
        }
    }
}
