//! How far an expression may go.

use crate::assessment::code::codes;

/// Expressions worked out and values looked at, for one response or one variant.
pub(super) const STEPS: u32 = 100_000;
/// Expressions in one another. A document's JSON nests three times as deep, and
/// its reader stops at 128.
pub(in crate::assessment) const MAX_DEPTH: usize = 24;
/// Rules in one another.
pub(in crate::assessment) const MAX_RULE_DEPTH: usize = 6;
/// Expressions and rules in one item.
pub(in crate::assessment) const MAX_SIZE: usize = 2_000;
/// Values in one container.
pub(super) const CONTAINER: usize = 1_000;
/// Characters in one text.
pub(super) const STRING: usize = 50_000;
/// Characters in one pattern.
pub(super) const PATTERN: usize = 500;
/// Steps that one pattern costs: making it ready takes some milliseconds.
pub(super) const PATTERN_STEPS: usize = 4_000;
/// So many bytes of a text are held against a pattern for one more step.
pub(super) const PATTERN_BYTES: usize = 8;

codes! {
    /// Why an expression came to no value.
    pub enum Fault {
        /// It takes more steps than are allowed.
        TooManySteps = "too-many-steps",
        /// It is nested deeper than is allowed.
        TooDeep = "too-deep",
        /// A container or a text is larger than is allowed.
        TooLarge = "too-large",
        /// An operand is of a type that the operator does not take, or there are too few.
        WrongType = "wrong-type",
        /// A variable that is not declared.
        UnknownVariable = "unknown-variable",
        /// A mapping or a table is asked for that is not declared.
        NoMapping = "no-mapping",
        /// Not a pattern, or too large a one.
        BadPattern = "bad-pattern",
        /// Chance where there is none.
        NoChance = "no-chance",
        /// The constraint could not be met in so many tries.
        Unsatisfied = "unsatisfied",
    }
}

impl std::error::Error for Fault {}
