//! Expressions as they stand in a document.

use serde::{Deserialize, Serialize};

use super::{Literal, MathConstant, Operator};
use crate::assessment::{Decimal, Identifier};

/// What a rule works out (QTI 3 §2.11.1).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(
    rename_all = "camelCase",
    rename_all_fields = "camelCase",
    deny_unknown_fields
)]
pub enum Expression {
    /// What a variable holds (`qti-variable`).
    Variable(Identifier),
    /// What a response's key holds (`qti-correct`).
    Correct(Identifier),
    /// What a variable holds at first (`qti-default`).
    Default(Identifier),
    /// The sum of what a response's values are worth (`qti-map-response`). An
    /// unanswered one is a sum of nothing.
    MapResponse(Identifier),
    /// The same by the places in a picture (`qti-map-response-point`).
    MapResponsePoint(Identifier),
    /// A value (`qti-base-value`).
    BaseValue(Literal),
    /// No value (`qti-null`).
    Null,
    /// A number that mathematics has a name for (`qti-math-constant`).
    MathConstant(MathConstant),
    /// A whole number by chance (`qti-random-integer`).
    RandomInteger {
        /// The least.
        min: IntegerRef,
        /// The most.
        max: IntegerRef,
        /// How far apart they are, from the least on.
        step: IntegerRef,
    },
    /// A number by chance (`qti-random-float`).
    RandomFloat {
        /// The least.
        min: FloatRef,
        /// The most.
        max: FloatRef,
    },
    /// What an operator makes of others.
    Operation(Operation),
}

/// An operator and what it works on.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Operation {
    /// What is done.
    pub operator: Operator,
    /// With what, in order.
    pub of: Vec<Expression>,
}

/// A whole number, or the variable that holds it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(untagged)]
pub enum IntegerRef {
    /// The number.
    Value(i64),
    /// The variable.
    Variable(Identifier),
}

/// A number, or the variable that holds it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(untagged)]
pub enum FloatRef {
    /// The variable.
    Variable(Identifier),
    /// The number.
    Value(Decimal),
}

impl Expression {
    /// An operation on these.
    #[must_use]
    pub const fn operation(operator: Operator, of: Vec<Self>) -> Self {
        Self::Operation(Operation { operator, of })
    }
}
