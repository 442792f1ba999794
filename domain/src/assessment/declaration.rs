//! What is right, and what it is worth. Never leaves the server before scoring.

use serde::{Deserialize, Serialize};

use super::{Decimal, DirectedPair, Identifier, Points, Rubric, Shape, Value};

/// The type, key and scoring of one response (QTI 3 `qti-response-declaration`
/// with the part of response processing that concerns it).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct ResponseDeclaration {
    /// What interactions and responses refer to it by.
    pub identifier: Identifier,
    /// How many values a response holds.
    pub cardinality: Cardinality,
    /// Of what type.
    pub base_type: BaseType,
    /// The response that is shown as correct, and for most rules earns all points.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub correct_response: Option<Value>,
    /// How a response is held against the key.
    #[serde(default, skip_serializing_if = "Comparison::is_exact")]
    pub comparison: Comparison,
    /// Points for single values.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub mapping: Option<Mapping>,
    /// Points for places in a picture.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub area_mapping: Option<AreaMapping>,
    /// How points come about.
    pub scoring: Scoring,
}

/// How many values a variable holds (QTI 3 §cardinality).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub enum Cardinality {
    /// One.
    Single,
    /// Any number, in no order.
    Multiple,
    /// Any number, in order.
    Ordered,
    /// Named fields.
    Record,
}

impl Cardinality {
    const ALL: [Self; 4] = [Self::Single, Self::Multiple, Self::Ordered, Self::Record];

    /// Its name in QTI.
    pub(super) const fn as_str(self) -> &'static str {
        match self {
            Self::Single => "single",
            Self::Multiple => "multiple",
            Self::Ordered => "ordered",
            Self::Record => "record",
        }
    }

    /// The one of that name in QTI.
    pub(super) fn named(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|known| known.as_str() == name)
    }
}

/// What type a value is of (QTI 3 §baseType).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub enum BaseType {
    /// A choice's name.
    Identifier,
    /// True or false.
    Boolean,
    /// A whole number.
    Integer,
    /// A number.
    Float,
    /// Text.
    String,
    /// Two whole numbers: a place in a picture.
    Point,
    /// Two identifiers in no order.
    Pair,
    /// A source and a target.
    DirectedPair,
    /// Seconds.
    Duration,
    /// A file.
    File,
    /// An address.
    Uri,
}

impl BaseType {
    const ALL: [Self; 11] = [
        Self::Identifier,
        Self::Boolean,
        Self::Integer,
        Self::Float,
        Self::String,
        Self::Point,
        Self::Pair,
        Self::DirectedPair,
        Self::Duration,
        Self::File,
        Self::Uri,
    ];

    /// Its name in QTI.
    pub(super) const fn as_str(self) -> &'static str {
        match self {
            Self::Identifier => "identifier",
            Self::Boolean => "boolean",
            Self::Integer => "integer",
            Self::Float => "float",
            Self::String => "string",
            Self::Point => "point",
            Self::Pair => "pair",
            Self::DirectedPair => "directedPair",
            Self::Duration => "duration",
            Self::File => "file",
            Self::Uri => "uri",
        }
    }

    /// The one of that name in QTI.
    pub(super) fn named(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|known| known.as_str() == name)
    }
}

/// How points come about.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "rule", rename_all = "camelCase", deny_unknown_fields)]
pub enum Scoring {
    /// All points if the response matches the key, else none (QTI 3 template `match_correct`).
    MatchCorrect {
        /// What a correct response is worth.
        points: Points,
    },
    /// The sum of the mapped values, within the mapping's bounds and never
    /// below zero (QTI 3 template `map_response`).
    MapResponse,
    /// The sum of what the areas are worth that places lie in, within the area
    /// mapping's bounds and never below zero (QTI 3 template `map_response_point`).
    MapResponsePoint,
    /// An equal share of the points for each part of the key that the response
    /// has: each correct choice chosen, each choice in its right position, each
    /// pair. Never below zero.
    PerOption {
        /// What a fully correct response is worth.
        points: Points,
        /// What a wrong part takes away, in percent of what a right one gives; 0 to 100.
        penalty: u8,
    },
    /// A person marks it.
    Rubric(Rubric),
    /// By the item's own rules ([`Item::processing`](super::Item::processing)),
    /// with all its other responses.
    ByRules,
}

/// Points for single values (QTI 3 `qti-mapping`).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Mapping {
    /// The sum is at least this.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub lower_bound: Option<Points>,
    /// The sum is at most this.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub upper_bound: Option<Points>,
    /// For each value that has no entry.
    #[serde(default)]
    pub default_value: Points,
    /// For each value that has one.
    pub entries: Vec<MapEntry>,
}

/// What one value is worth.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct MapEntry {
    /// The value.
    pub key: MapKey,
    /// What it is worth; may be negative.
    pub value: Points,
}

/// A single value that is mapped to points.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(untagged)]
pub enum MapKey {
    /// A source given to a target, or two choices paired, whichever stands first.
    DirectedPair(DirectedPair),
    /// A choice's identifier, or a text.
    Text(String),
}

/// Points for places in a picture (QTI 3 `qti-area-mapping`). A place counts for
/// the first area that it lies in, and each area once, however many places lie
/// in it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct AreaMapping {
    /// The sum is at least this.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub lower_bound: Option<Points>,
    /// The sum is at most this.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub upper_bound: Option<Points>,
    /// For each place that lies in no area.
    #[serde(default)]
    pub default_value: Points,
    /// The areas, in the order in which they are looked at.
    pub entries: Vec<AreaEntry>,
}

/// What an area is worth (QTI 3 `qti-area-map-entry`).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct AreaEntry {
    /// The area.
    pub shape: Shape,
    /// What it is worth; may be negative.
    pub value: Points,
}

/// How a response is held against the key.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub enum Comparison {
    /// Choices by name, numbers by value, texts character by character (after
    /// NFKC and with outer white space off).
    #[default]
    Exact,
    /// Texts, with what doesn't matter taken away first.
    Text(TextRules),
    /// Numbers, within a tolerance and in several units.
    Number(NumberRules),
}

impl Comparison {
    fn is_exact(&self) -> bool {
        *self == Self::Exact
    }
}

/// What doesn't matter in a text. NFKC, outer white space, invisible characters
/// and typographic quotes and dashes (which keyboards put in by themselves)
/// never do.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields, default)]
pub struct TextRules {
    /// Other texts that are as good as the correct one.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub variants: Vec<String>,
    /// Whether `Paris` and `paris` are the same.
    pub ignore_case: bool,
    /// Whether `cafe` and `café` are the same.
    pub ignore_accents: bool,
    /// What white space inside the text means.
    pub white_space: WhiteSpace,
}

impl Default for TextRules {
    fn default() -> Self {
        Self {
            variants: Vec::new(),
            ignore_case: true,
            ignore_accents: false,
            white_space: WhiteSpace::Collapse,
        }
    }
}

/// What white space inside a text means.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub enum WhiteSpace {
    /// Any run of it is one space.
    #[default]
    Collapse,
    /// It isn't there.
    Ignore,
}

/// How near a number must be, and in which units it may be given.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields, default)]
pub struct NumberRules {
    /// How near.
    pub tolerance: Tolerance,
    /// The units that are taken where the learner types one.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub units: Vec<Unit>,
}

/// How near a number must be to the key.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub enum Tolerance {
    /// Equal in value.
    #[default]
    Exact,
    /// At most so far away.
    Absolute(Decimal),
    /// At most so many percent of the key away.
    Percent(Decimal),
    /// Equal when both are rounded to so many significant figures, halves away
    /// from zero (QTI 3 `qti-equal-rounded`).
    SignificantFigures(u8),
}

/// A unit that an answer may be given in.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Unit {
    /// As learners write it; case matters (mW is not MW).
    pub symbol: String,
    /// One of these in the unit of the key: 1000 for km if the key is in m.
    pub factor: Decimal,
}
