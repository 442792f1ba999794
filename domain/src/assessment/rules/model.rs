//! Rules as they stand in a document.

use serde::{Deserialize, Serialize};

use crate::assessment::{Decimal, Expression, Identifier, Literal};

/// An item's own rules for its points (QTI 3 `qti-response-processing`).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct ResponseProcessing {
    /// The rules, in order.
    pub rules: Vec<ResponseRule>,
}

/// A rule of response processing.
pub type ResponseRule = Rule<ResponseAction>;

/// A rule, of which the action is what sets its kind apart.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub enum Rule<A> {
    /// Something is done.
    Do(A),
    /// What is done hangs on a condition.
    Condition(Condition<A>),
    /// Rules that stand together.
    Fragment(Vec<Rule<A>>),
    /// Nothing is done any more.
    Exit,
}

/// The first branch whose condition holds is taken (QTI 3
/// `qti-response-condition`, `qti-template-condition`).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Condition<A> {
    /// If, and else if.
    pub branches: Vec<Branch<A>>,
    /// Else.
    #[serde(default = "Vec::new", skip_serializing_if = "Vec::is_empty")]
    pub otherwise: Vec<Rule<A>>,
}

/// What is done when a condition holds.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Branch<A> {
    /// The condition; NULL does not hold.
    pub when: Expression,
    /// The rules then.
    pub then: Vec<Rule<A>>,
}

/// What a rule of response processing does.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(
    rename_all = "camelCase",
    rename_all_fields = "camelCase",
    deny_unknown_fields
)]
pub enum ResponseAction {
    /// Gives an outcome a value (`qti-set-outcome-value`).
    SetOutcomeValue {
        /// The outcome.
        identifier: Identifier,
        /// The value.
        value: Expression,
    },
    /// Gives an outcome what its table has for a number (`qti-lookup-outcome-value`).
    LookupOutcomeValue {
        /// The outcome.
        identifier: Identifier,
        /// The number.
        value: Expression,
    },
}

/// What an outcome is for which number (QTI 3 `qti-match-table`,
/// `qti-interpolation-table`).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct LookupTable {
    /// Whether a row holds for its number only, and not for those above it as well.
    pub exact: bool,
    /// Where no row holds; NULL if it is not given.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub default_value: Option<Literal>,
    /// The first row that holds gives the value.
    pub rows: Vec<LookupRow>,
}

/// A row of a table.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct LookupRow {
    /// The number, or the least.
    pub source: Decimal,
    /// Whether the least itself is within.
    #[serde(default = "yes", skip_serializing_if = "is_true")]
    pub include_boundary: bool,
    /// The value.
    pub target: Literal,
}

const fn yes() -> bool {
    true
}

#[expect(clippy::trivially_copy_pass_by_ref, reason = "serde hands over a reference")]
const fn is_true(flag: &bool) -> bool {
    *flag
}
