//! The expression language of QTI 3 (§2.11): what rules for scoring and for
//! templates are made of.
//!
//! An [`Expression`] is a tree with no code in it. It is held against its
//! declarations when it is saved ([`check`]), and worked out by an interpreter
//! ([`Machine`]) that is pure and cannot run away: steps, depth, the size of
//! containers, of texts and of patterns each have a bound, and what goes beyond
//! is a [`Fault`]. NULL is passed on as the standard says for each operator.
//!
//! Where the standard leaves something open:
//! - Numbers are IEEE doubles and whole numbers of 64 bits. A result that is not
//!   finite, or too large for its type, is NULL: there is no infinity.
//! - Functions such as `sin` come from the crate `libm` and not from the platform,
//!   so that every machine gives the same last digit.
//! - Rounding goes by the shortest decimal that stands for a number, as people
//!   see it: 2.675 to two places is 2.68. Halves go away from zero in `roundTo`
//!   and `equalRounded`, and up in `round`, as the standard has it.
//! - Texts are compared as all texts are here (after NFKC, with outer white space
//!   off).
//! - Chance comes from a seed, and only templates have one: an answer is scored
//!   the same each time.

mod area;
mod check;
mod container;
mod limits;
mod logic;
mod machine;
mod math;
mod number;
mod operator;
mod pattern;
#[cfg(test)]
pub(super) mod sample;
mod takes;
#[cfg(test)]
mod tests;
mod tree;
mod value;

pub(super) use check::{Declared, Kind, Types, outcome, refused};
pub(super) use limits::{MAX_DEPTH, MAX_RULE_DEPTH, MAX_SIZE};
pub(super) use machine::{Machine, Scope, Variable};
pub(super) use number::rounded;
pub(super) use operator::referred;
pub(super) use pattern::is_pattern;
pub(super) use value::{Held, Scalar};

pub use area::Area;
pub use limits::Fault;
pub use operator::{MathConstant, MathFunction, Operator, Rounding, Statistic, ToleranceMode};
pub use tree::{Expression, FloatRef, IntegerRef, Operation};
pub use value::Literal;
