//! The operators (QTI 3 §2.11.3).

use serde::{Deserialize, Serialize};

use super::{Area, FloatRef, IntegerRef};
use crate::assessment::{Identifier, code::codes};

/// What is done with operands. Customs of others (`qti-custom-operator`) are not
/// among them: what they mean is known to their makers only.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(
    rename_all = "camelCase",
    rename_all_fields = "camelCase",
    deny_unknown_fields
)]
pub enum Operator {
    /// One value of a container, by chance.
    Random,
    /// A container of all, in no order. Any number of operands.
    Multiple,
    /// A container of all, in order. Any number of operands.
    Ordered,
    /// How many values a container has; 0 for NULL.
    ContainerSize,
    /// Whether it is NULL.
    IsNull,
    /// The value at a place in an ordered container, from 1.
    Index {
        /// Which.
        n: IntegerRef,
    },
    /// A field of a record.
    FieldValue {
        /// Which.
        field_identifier: Identifier,
    },
    /// The second without any value that is the first.
    Delete,
    /// Whether the first holds all of the second: as often, or in a row if ordered.
    Contains,
    /// Whether the first text stands in the second.
    Substring {
        /// Whether case matters.
        case_sensitive: bool,
    },
    /// The opposite.
    Not,
    /// Whether all hold.
    And,
    /// Whether one holds.
    Or,
    /// Whether from `min` to `max` of them hold.
    AnyN {
        /// At least.
        min: IntegerRef,
        /// At most.
        max: IntegerRef,
    },
    /// Whether both are the same, in type and value.
    Match,
    /// Whether two texts are the same.
    StringMatch {
        /// Whether case matters.
        case_sensitive: bool,
        /// Whether it is enough that the second stands in the first.
        #[serde(default, skip_serializing_if = "is_false")]
        substring: bool,
    },
    /// Whether the whole text is as the pattern says (XML Schema part 2, appendix
    /// F). `{NAME}` alone is what that variable holds.
    PatternMatch {
        /// The pattern.
        pattern: String,
    },
    /// Whether two numbers are equal, the second within a tolerance of the first.
    Equal {
        /// What the tolerance is measured in.
        tolerance_mode: ToleranceMode,
        /// How far below and how far above; one for both.
        #[serde(default, skip_serializing_if = "Vec::is_empty")]
        tolerance: Vec<FloatRef>,
        /// Whether the lower bound is within.
        #[serde(default = "yes", skip_serializing_if = "is_true")]
        include_lower_bound: bool,
        /// Whether the upper bound is within.
        #[serde(default = "yes", skip_serializing_if = "is_true")]
        include_upper_bound: bool,
    },
    /// Whether two numbers are equal once rounded.
    EqualRounded {
        /// What figures are counted.
        rounding_mode: Rounding,
        /// How many.
        figures: IntegerRef,
    },
    /// Whether a place, or one of several, is in an area.
    Inside {
        /// The area.
        area: Area,
    },
    /// Whether the first is less.
    Lt,
    /// Whether the first is more.
    Gt,
    /// Whether the first is less, or the same.
    Lte,
    /// Whether the first is more, or the same.
    Gte,
    /// Whether the first took less time.
    DurationLt,
    /// Whether the first took as much time, or more.
    DurationGte,
    /// All added.
    Sum,
    /// All multiplied.
    Product,
    /// The first less the second.
    Subtract,
    /// The first by the second; NULL if that is zero.
    Divide,
    /// The first to the power of the second.
    Power,
    /// The first by the second, rounded down.
    IntegerDivide,
    /// What is left then.
    IntegerModulus,
    /// Without what is behind the decimal mark.
    Truncate,
    /// To the nearest whole number, halves up.
    Round,
    /// To so many figures.
    RoundTo {
        /// What figures are counted.
        rounding_mode: Rounding,
        /// How many.
        figures: IntegerRef,
    },
    /// A whole number as a number.
    IntegerToFloat,
    /// The least.
    Min,
    /// The greatest.
    Max,
    /// The greatest common divisor.
    Gcd,
    /// The least common multiple.
    Lcm,
    /// All in order, worked out anew so many times.
    Repeat {
        /// How many times.
        number_repeats: IntegerRef,
    },
    /// Whether the first is in the second.
    Member,
    /// A function of mathematics.
    MathOperator {
        /// Which.
        name: MathFunction,
    },
    /// A figure about many numbers.
    StatsOperator {
        /// Which.
        name: Statistic,
    },
}

codes! {
    /// Functions of mathematics (QTI 3 §2.11.3.36). Angles are in radians.
    pub enum MathFunction {
        /// Sine.
        Sin = "sin",
        /// Cosine.
        Cos = "cos",
        /// Tangent.
        Tan = "tan",
        /// Secant.
        Sec = "sec",
        /// Cosecant.
        Csc = "csc",
        /// Cotangent.
        Cot = "cot",
        /// Inverse sine.
        Asin = "asin",
        /// Inverse cosine.
        Acos = "acos",
        /// Inverse tangent.
        Atan = "atan",
        /// The angle of a place: of y and x.
        Atan2 = "atan2",
        /// Inverse secant.
        Asec = "asec",
        /// Inverse cosecant.
        Acsc = "acsc",
        /// Inverse cotangent.
        Acot = "acot",
        /// Hyperbolic sine.
        Sinh = "sinh",
        /// Hyperbolic cosine.
        Cosh = "cosh",
        /// Hyperbolic tangent.
        Tanh = "tanh",
        /// Hyperbolic secant.
        Sech = "sech",
        /// Hyperbolic cosecant.
        Csch = "csch",
        /// Hyperbolic cotangent.
        Coth = "coth",
        /// Logarithm to base ten.
        Log = "log",
        /// Natural logarithm.
        Ln = "ln",
        /// Power of e.
        Exp = "exp",
        /// Size without sign.
        Abs = "abs",
        /// -1, 0 or 1.
        Signum = "signum",
        /// The next whole number below.
        Floor = "floor",
        /// The next whole number above.
        Ceil = "ceil",
        /// Radians as degrees.
        ToDegrees = "toDegrees",
        /// Degrees as radians.
        ToRadians = "toRadians",
    }
}

codes! {
    /// Figures about many numbers (QTI 3 §2.11.3.50).
    pub enum Statistic {
        /// Arithmetic mean.
        Mean = "mean",
        /// Variance of a sample.
        SampleVariance = "sampleVariance",
        /// Standard deviation of a sample.
        SampleSd = "sampleSD",
        /// Variance of a population.
        PopVariance = "popVariance",
        /// Standard deviation of a population.
        PopSd = "popSD",
    }
}

codes! {
    /// Numbers that mathematics has a name for.
    pub enum MathConstant {
        /// A circle's circumference by its diameter.
        Pi = "pi",
        /// The base of natural logarithms.
        E = "e",
    }
}

codes! {
    /// What a tolerance is measured in.
    pub enum ToleranceMode {
        /// There is none.
        Exact = "exact",
        /// The unit of the numbers.
        Absolute = "absolute",
        /// Percent of the first.
        Relative = "relative",
    }
}

codes! {
    /// What figures are counted.
    pub enum Rounding {
        /// From the first that is not zero.
        SignificantFigures = "significantFigures",
        /// From the decimal mark.
        DecimalPlaces = "decimalPlaces",
    }
}

/// Every operator that has no attributes, by its name in QTI 3 without `qti-`.
const PLAIN: &[(&str, Operator)] = &[
    ("random", Operator::Random),
    ("multiple", Operator::Multiple),
    ("ordered", Operator::Ordered),
    ("container-size", Operator::ContainerSize),
    ("is-null", Operator::IsNull),
    ("delete", Operator::Delete),
    ("contains", Operator::Contains),
    ("not", Operator::Not),
    ("and", Operator::And),
    ("or", Operator::Or),
    ("match", Operator::Match),
    ("lt", Operator::Lt),
    ("gt", Operator::Gt),
    ("lte", Operator::Lte),
    ("gte", Operator::Gte),
    ("duration-lt", Operator::DurationLt),
    ("duration-gte", Operator::DurationGte),
    ("sum", Operator::Sum),
    ("product", Operator::Product),
    ("subtract", Operator::Subtract),
    ("divide", Operator::Divide),
    ("power", Operator::Power),
    ("integer-divide", Operator::IntegerDivide),
    ("integer-modulus", Operator::IntegerModulus),
    ("truncate", Operator::Truncate),
    ("round", Operator::Round),
    ("integer-to-float", Operator::IntegerToFloat),
    ("min", Operator::Min),
    ("max", Operator::Max),
    ("gcd", Operator::Gcd),
    ("lcm", Operator::Lcm),
    ("member", Operator::Member),
];

impl Operator {
    /// The operator of that name in QTI 3 (without `qti-`), if it has no attributes.
    pub(in crate::assessment) fn plain(name: &str) -> Option<Self> {
        let found = PLAIN.iter().find(|(known, _)| *known == name);
        found.map(|(_, operator)| operator.clone())
    }

    /// Its name in QTI 3, without `qti-`.
    pub(in crate::assessment) fn name(&self) -> &'static str {
        match self {
            Self::Index { .. } => "index",
            Self::FieldValue { .. } => "field-value",
            Self::Substring { .. } => "substring",
            Self::AnyN { .. } => "any-n",
            Self::StringMatch { .. } => "string-match",
            Self::PatternMatch { .. } => "pattern-match",
            Self::Equal { .. } => "equal",
            Self::EqualRounded { .. } => "equal-rounded",
            Self::Inside { .. } => "inside",
            Self::RoundTo { .. } => "round-to",
            Self::Repeat { .. } => "repeat",
            Self::MathOperator { .. } => "math-operator",
            Self::StatsOperator { .. } => "stats-operator",
            plain => PLAIN
                .iter()
                .find(|(_, operator)| operator == plain)
                .map_or("", |(name, _)| name),
        }
    }

    /// How many operands it takes: at least, and at most.
    pub(in crate::assessment) const fn arity(&self) -> (usize, usize) {
        const ANY: usize = super::MAX_SIZE;
        match self {
            Self::Multiple | Self::Ordered => (0, ANY),
            Self::And
            | Self::Or
            | Self::AnyN { .. }
            | Self::Sum
            | Self::Product
            | Self::Min
            | Self::Max
            | Self::Gcd
            | Self::Lcm
            | Self::Repeat { .. } => (1, ANY),
            Self::Random
            | Self::ContainerSize
            | Self::IsNull
            | Self::Index { .. }
            | Self::FieldValue { .. }
            | Self::Not
            | Self::PatternMatch { .. }
            | Self::Inside { .. }
            | Self::Truncate
            | Self::Round
            | Self::RoundTo { .. }
            | Self::IntegerToFloat
            | Self::StatsOperator { .. } => (1, 1),
            Self::MathOperator { name } => match name {
                MathFunction::Atan2 => (2, 2),
                _ => (1, 1),
            },
            Self::Delete
            | Self::Contains
            | Self::Substring { .. }
            | Self::Match
            | Self::StringMatch { .. }
            | Self::Equal { .. }
            | Self::EqualRounded { .. }
            | Self::Lt
            | Self::Gt
            | Self::Lte
            | Self::Gte
            | Self::DurationLt
            | Self::DurationGte
            | Self::Subtract
            | Self::Divide
            | Self::Power
            | Self::IntegerDivide
            | Self::IntegerModulus
            | Self::Member => (2, 2),
        }
    }

    /// The whole numbers in its attributes.
    pub(super) fn integers(&self) -> Vec<&IntegerRef> {
        match self {
            Self::Index { n } => vec![n],
            Self::AnyN { min, max } => vec![min, max],
            Self::EqualRounded { figures, .. } | Self::RoundTo { figures, .. } => vec![figures],
            Self::Repeat { number_repeats } => vec![number_repeats],
            _ => Vec::new(),
        }
    }

    /// The same, to be changed.
    pub(in crate::assessment) fn integers_mut(&mut self) -> Vec<&mut IntegerRef> {
        match self {
            Self::Index { n } => vec![n],
            Self::AnyN { min, max } => vec![min, max],
            Self::EqualRounded { figures, .. } | Self::RoundTo { figures, .. } => vec![figures],
            Self::Repeat { number_repeats } => vec![number_repeats],
            _ => Vec::new(),
        }
    }
}

/// The variable that `{NAME}` refers to.
pub(in crate::assessment) fn referred(text: &str) -> Option<Identifier> {
    text.strip_prefix('{')?.strip_suffix('}')?.parse().ok()
}

const fn yes() -> bool {
    true
}

#[expect(clippy::trivially_copy_pass_by_ref, reason = "serde hands over a reference")]
const fn is_true(flag: &bool) -> bool {
    *flag
}

#[expect(clippy::trivially_copy_pass_by_ref, reason = "serde hands over a reference")]
const fn is_false(flag: &bool) -> bool {
    !*flag
}
