//! The demo's items.

use serde::Deserialize;

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Items {
    pub(super) item: Vec<ItemText>,
}

/// `[[item]]`. Which of the optional fields are there depends on `kind`.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct ItemText {
    pub(crate) key: String,
    pub(crate) competency: String,
    #[serde(rename = "use")]
    pub(crate) purpose: String,
    pub(crate) kind: ItemKind,
    pub(crate) difficulty: f64,
    pub(crate) prompt: String,
    #[serde(default)]
    pub(crate) feedback: Option<String>,
    /// Whether it is still being written, and asked of nobody.
    #[serde(default)]
    pub(crate) draft: bool,
    #[serde(default)]
    pub(crate) variables: Vec<VariableText>,
    /// Comparisons that must hold of the variables.
    #[serde(default)]
    pub(crate) until: Vec<String>,
    /// The right answer, computed from the variables.
    pub(crate) answer_formula: Option<String>,
    #[serde(default)]
    pub(crate) choices: Vec<ChoiceText>,
    #[serde(default)]
    pub(crate) accepted: Vec<String>,
    #[serde(default)]
    pub(crate) case_sensitive: bool,
    pub(crate) answer: Option<Number>,
    pub(crate) tolerance: Option<Number>,
    pub(crate) tolerance_percent: Option<Number>,
    #[serde(default)]
    pub(crate) units: Vec<UnitText>,
    pub(crate) shown_unit: Option<String>,
    #[serde(default)]
    pub(crate) sequence: Vec<String>,
    #[serde(default)]
    pub(crate) pairs: Vec<PairText>,
    #[serde(default)]
    pub(crate) extra_right: Vec<String>,
    pub(crate) lower: Option<Number>,
    pub(crate) upper: Option<Number>,
    pub(crate) step: Option<Number>,
    pub(crate) passage: Option<String>,
    #[serde(default)]
    pub(crate) gaps: Vec<GapText>,
    pub(crate) rubric: Option<RubricText>,
    pub(crate) picture: Option<PictureText>,
    #[serde(default)]
    pub(crate) regions: Vec<RegionText>,
}

/// A variable: a number from a range, or what a formula comes to.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct VariableText {
    pub(crate) name: String,
    /// From, to and the step, as they are written: with decimals where one has some.
    #[serde(default)]
    pub(crate) range: Vec<String>,
    #[serde(default)]
    pub(crate) formula: String,
}

/// A picture to answer in: one of the tenant's, and how large it is.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct PictureText {
    pub(crate) file: String,
    pub(crate) width: u16,
    pub(crate) height: u16,
    pub(crate) alternative: String,
}

/// A region of a picture, or an area where a place is right.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct RegionText {
    #[serde(default)]
    pub(crate) name: String,
    pub(crate) shape: String,
    pub(crate) coords: String,
    #[serde(default)]
    pub(crate) correct: bool,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub(crate) enum ItemKind {
    SingleChoice,
    MultipleChoice,
    Text,
    Numeric,
    Order,
    Match,
    Gaps,
    Hottext,
    GapMatch,
    Associate,
    Slider,
    Hotspot,
    SelectPoint,
    Extended,
}

/// A TOML number, whole or not, as it was written.
#[derive(Debug, Clone, Copy, Deserialize)]
#[serde(untagged)]
pub(crate) enum Number {
    Whole(i64),
    Broken(f64),
}

impl std::fmt::Display for Number {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Whole(number) => number.fmt(f),
            Self::Broken(number) => number.fmt(f),
        }
    }
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct ChoiceText {
    pub(crate) text: String,
    #[serde(default)]
    pub(crate) correct: bool,
    pub(crate) feedback: Option<String>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct UnitText {
    pub(crate) unit: String,
    pub(crate) factor: Number,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct PairText {
    pub(crate) left: String,
    pub(crate) right: String,
}

/// A gap of a passage: with `others` a list to choose from, else a word or a
/// number to type.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct GapText {
    pub(crate) answer: GapAnswer,
    #[serde(default)]
    pub(crate) others: Vec<String>,
    pub(crate) unit: Option<String>,
}

/// What belongs in a gap.
#[derive(Debug, Deserialize)]
#[serde(untagged)]
pub(crate) enum GapAnswer {
    Number(Number),
    Text(String),
}

impl std::fmt::Display for GapAnswer {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Number(number) => number.fmt(f),
            Self::Text(text) => text.fmt(f),
        }
    }
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct RubricText {
    pub(crate) criteria: Vec<CriterionText>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct CriterionText {
    pub(crate) title: String,
    pub(crate) levels: Vec<LevelText>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct LevelText {
    pub(crate) points: u16,
    pub(crate) title: String,
    pub(crate) descriptor: String,
}
