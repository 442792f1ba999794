//! What an operator's operand may be.

use super::{Kind, Operator};
use crate::assessment::{BaseType, Cardinality};

/// What an operand may be.
#[derive(Debug, Clone, Copy)]
pub(super) struct Takes {
    cardinalities: &'static [Cardinality],
    pub(super) bases: &'static [BaseType],
    /// The same, as a sentence names it.
    pub(super) words: &'static str,
}

const SINGLE: &[Cardinality] = &[Cardinality::Single];
const CONTAINER: &[Cardinality] = &[Cardinality::Multiple, Cardinality::Ordered];
const PLAIN: &[Cardinality] = &[Cardinality::Single, Cardinality::Multiple, Cardinality::Ordered];
pub(super) const NUMERIC: &[BaseType] = &[BaseType::Integer, BaseType::Float];

const fn takes(
    cardinalities: &'static [Cardinality],
    bases: &'static [BaseType],
    words: &'static str,
) -> Takes {
    Takes {
        cardinalities,
        bases,
        words,
    }
}

const A_TRUTH: Takes = takes(SINGLE, &[BaseType::Boolean], "single boolean");
pub(super) const A_TEXT: Takes = takes(SINGLE, &[BaseType::String], "single string");
pub(super) const A_NUMBER: Takes = takes(SINGLE, NUMERIC, "single number");
pub(super) const A_WHOLE: Takes = takes(SINGLE, &[BaseType::Integer], "single integer");
const A_TIME: Takes = takes(SINGLE, &[BaseType::Duration], "single duration");
const NUMBERS: Takes = takes(PLAIN, NUMERIC, "numbers");
const WHOLES: Takes = takes(PLAIN, &[BaseType::Integer], "integers");
const MANY_NUMBERS: Takes = takes(CONTAINER, NUMERIC, "multiple or ordered numbers");
const A_CONTAINER: Takes = takes(CONTAINER, &[], "multiple or ordered");
const IN_ORDER: Takes = takes(&[Cardinality::Ordered], &[], "ordered");
const A_RECORD: Takes = takes(&[Cardinality::Record], &[], "record");
const A_VALUE: Takes = takes(SINGLE, &[], "single");
const NO_RECORD: Takes = takes(PLAIN, &[], "no record");
const PLACES: Takes = takes(PLAIN, &[BaseType::Point], "points");
const LOOSE: Takes = takes(
    &[Cardinality::Single, Cardinality::Multiple],
    &[],
    "single or multiple",
);
const ROW: Takes = takes(
    &[Cardinality::Single, Cardinality::Ordered],
    &[],
    "single or ordered",
);
const ANYTHING: Takes = takes(&[], &[], "");

impl Takes {
    pub(super) fn suits(self, kind: Kind) -> bool {
        let cardinality = |it| self.cardinalities.is_empty() || self.cardinalities.contains(&it);
        let base = |it| self.bases.is_empty() || self.bases.contains(&it);
        kind.cardinality.is_none_or(cardinality) && kind.base.is_none_or(base)
    }
}

/// What each operand may be; the last stands for all that follow.
pub(super) const fn takes_of(operator: &Operator) -> &'static [Takes] {
    match operator {
        Operator::Random | Operator::ContainerSize | Operator::Contains => &[A_CONTAINER],
        Operator::Multiple => &[LOOSE],
        Operator::Ordered | Operator::Repeat { .. } => &[ROW],
        Operator::IsNull => &[ANYTHING],
        Operator::Index { .. } => &[IN_ORDER],
        Operator::FieldValue { .. } => &[A_RECORD],
        Operator::Delete | Operator::Member => &[A_VALUE, A_CONTAINER],
        Operator::Substring { .. } | Operator::StringMatch { .. } | Operator::PatternMatch { .. } => {
            &[A_TEXT]
        }
        Operator::Not | Operator::And | Operator::Or | Operator::AnyN { .. } => &[A_TRUTH],
        Operator::Match => &[NO_RECORD],
        Operator::Equal { .. }
        | Operator::EqualRounded { .. }
        | Operator::Lt
        | Operator::Gt
        | Operator::Lte
        | Operator::Gte
        | Operator::Subtract
        | Operator::Divide
        | Operator::Power
        | Operator::Truncate
        | Operator::Round
        | Operator::RoundTo { .. }
        | Operator::MathOperator { .. } => &[A_NUMBER],
        Operator::Inside { .. } => &[PLACES],
        Operator::DurationLt | Operator::DurationGte => &[A_TIME],
        Operator::Sum | Operator::Product | Operator::Min | Operator::Max => &[NUMBERS],
        Operator::IntegerDivide | Operator::IntegerModulus | Operator::IntegerToFloat => &[A_WHOLE],
        Operator::Gcd | Operator::Lcm => &[WHOLES],
        Operator::StatsOperator { .. } => &[MANY_NUMBERS],
    }
}
