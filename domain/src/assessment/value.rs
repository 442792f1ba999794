//! What a response variable holds.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::{BaseType, Decimal, Identifier, Point};
use crate::id::AnswerFileId;

/// What a learner answered in one item: a value for each interaction that was
/// answered, by the identifier of its response declaration. What is absent was
/// not answered.
///
/// Identifiers are the author's, so that a stored response means the same
/// however the choices were shuffled. Made from what a browser sends by
/// [`Response::from_form`](Response::from_form).
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Response {
    /// The values, by response identifier.
    pub values: BTreeMap<Identifier, Value>,
}

impl Response {
    /// What was answered there, if anything.
    #[must_use]
    pub fn get(&self, response: &Identifier) -> Option<&Value> {
        self.values.get(response)
    }

    /// Whether nothing was answered.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.values.is_empty()
    }
}

/// The value of a response variable, answered or correct. One variant stands
/// for all cardinalities of its base type; the declaration says which it is.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub enum Value {
    /// Choices: one or a set.
    Identifiers(Vec<Identifier>),
    /// Choices from first to last. A learner may leave a position open.
    Order(Vec<Option<Identifier>>),
    /// Text as it was typed.
    Text(String),
    /// A number as it was typed, with its unit.
    Number(Quantity),
    /// Sources given to targets, as a set.
    DirectedPairs(Vec<DirectedPair>),
    /// Choices paired with each other, as a set.
    Pairs(Vec<Pair>),
    /// Places in a picture, as a set.
    Points(Vec<Point>),
    /// A file that is kept beside the answer.
    File(AnswerFileId),
}

impl Value {
    /// Whether a variable of that base type holds such a value.
    pub(super) fn suits(&self, base: BaseType) -> bool {
        let is_whole = matches!((self, base), (Self::Number(_), BaseType::Integer));
        is_whole || self.base_type() == base
    }

    /// The base type that holds such a value.
    #[must_use]
    pub fn base_type(&self) -> BaseType {
        match self {
            Self::Identifiers(_) | Self::Order(_) => BaseType::Identifier,
            Self::Text(_) => BaseType::String,
            Self::Number(_) => BaseType::Float,
            Self::Points(_) => BaseType::Point,
            Self::File(_) => BaseType::File,
            Self::Pairs(_) => BaseType::Pair,
            Self::DirectedPairs(_) => BaseType::DirectedPair,
        }
    }
}

/// A number with the unit that it is in.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Quantity {
    /// The number.
    pub number: Decimal,
    /// The unit's symbol, if one was given.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub unit: Option<String>,
}

/// A source given to a target; in JSON `["source", "target"]`.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(from = "[Identifier; 2]", into = "[Identifier; 2]")]
pub struct DirectedPair {
    /// What is matched.
    pub source: Identifier,
    /// What it is matched to.
    pub target: Identifier,
}

impl From<[Identifier; 2]> for DirectedPair {
    fn from([source, target]: [Identifier; 2]) -> Self {
        Self { source, target }
    }
}

impl From<DirectedPair> for [Identifier; 2] {
    fn from(pair: DirectedPair) -> Self {
        [pair.source, pair.target]
    }
}

/// Two choices in no order; in JSON `["one", "other"]`, whichever stands first.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(from = "[Identifier; 2]", into = "[Identifier; 2]")]
pub struct Pair([Identifier; 2]);

impl Pair {
    /// The two, in an order that doesn't hang on how they were given.
    #[must_use]
    pub const fn ends(&self) -> &[Identifier; 2] {
        &self.0
    }
}

impl From<[Identifier; 2]> for Pair {
    fn from(mut ends: [Identifier; 2]) -> Self {
        ends.sort();
        Self(ends)
    }
}

impl From<Pair> for [Identifier; 2] {
    fn from(pair: Pair) -> Self {
        pair.0
    }
}
