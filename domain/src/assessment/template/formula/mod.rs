//! Formulas as people type them: `round(price * 1.19, 2)`, `if(a > b, a, b)`.
//!
//! From the loosest to the tightest there are `or`, `and`, `not`, comparisons
//! (`=`, `!=`, `<`, `<=`, `>`, `>=`), `+` and `-`, `*`, `/`, `div` and `mod`, a
//! sign, and `^`. Each operator and each function stands for one expression of
//! QTI ([`Expression`]), so that a formula goes out and comes back as it is, and
//! is worked out by the same interpreter as everything else. Two are made of
//! others: a sign is taken from zero, and `sqrt` is a power. `if`, which QTI has as
//! a rule and not as an expression, stands outermost only.
//!
//! A formula knows its variables and their types when it is read: what it says is
//! of the right type, or there is a [`FormulaError`] at the place where it isn't.
//! It is bounded in its characters, its parts and its depth.

mod functions;
mod parse;
mod print;
#[cfg(test)]
mod tests;
mod token;
mod typed;

use std::{collections::BTreeMap, fmt};

use crate::assessment::{Args, BaseType, Expression, Identifier, code::codes};

/// Characters in one formula.
const MAX_LENGTH: usize = 500;
/// Numbers, names and signs in one formula.
const MAX_PARTS: usize = 200;

/// The variables that a formula may name, each with its type.
pub type VariableTypes = BTreeMap<Identifier, BaseType>;

/// A formula that can be worked out. It is written in the shortest way.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Formula {
    tree: Tree,
    base_type: BaseType,
    text: String,
}

/// What a formula says.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Tree {
    Value(Expression),
    If(Box<Choice>),
}

/// One of two, by a condition.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Choice {
    pub(super) when: Expression,
    pub(super) then: Tree,
    pub(super) otherwise: Tree,
}

impl Formula {
    /// Reads what was typed.
    pub fn parse(text: &str, known: &VariableTypes) -> Result<Self, FormulaError> {
        let (tree, base_type) = parse::parse(text, known)?;
        // Only its tree is stored. Some are longer when they are written again, and
        // one that could not be read then could not be shown to its author.
        let text = print::print(&tree).unwrap_or_else(|| text.trim().to_owned());
        parse::parse(&text, known)?;
        Ok(Self {
            tree,
            base_type,
            text,
        })
    }

    /// The formula of what an expression says; none if it can't be typed.
    pub(super) fn of(tree: Tree, known: &VariableTypes) -> Option<Self> {
        let text = print::print(&tree)?;
        let (read, base_type) = parse::parse(&text, known).ok()?;
        (read == tree).then_some(Self {
            tree,
            base_type,
            text,
        })
    }

    /// It, if it comes to what is wanted; a whole number is a number too.
    pub fn wanted(self, base: BaseType) -> Result<Self, FormulaError> {
        let code = match (self.base_type, base) {
            (own, wanted) if own == wanted => return Ok(self),
            (BaseType::Integer, BaseType::Float) => return Ok(self),
            (_, BaseType::Integer) => FormulaFault::NotWhole,
            (_, BaseType::Boolean) => FormulaFault::NotATruth,
            (_, BaseType::String) => FormulaFault::NotAText,
            _ => FormulaFault::NotANumber,
        };
        Err(FormulaError {
            at: 1,
            code,
            args: Args::new(),
        })
    }

    /// What it comes to: a whole number, a number, a text, or whether something holds.
    #[must_use]
    pub const fn base_type(&self) -> BaseType {
        self.base_type
    }

    pub(super) const fn tree(&self) -> &Tree {
        &self.tree
    }
}

impl fmt::Display for Formula {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.text)
    }
}

/// Whether a variable of that name can stand in a formula.
#[must_use]
pub fn is_variable_name(name: &str) -> bool {
    let is_plain = |c: char| c.is_ascii_alphanumeric() || c == '_';
    name.parse::<Identifier>().is_ok() && name.chars().all(is_plain) && !parse::is_reserved(name)
}

/// Why a text is no formula, and where.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FormulaError {
    /// At which character, from 1.
    pub at: usize,
    /// Why.
    pub code: FormulaFault,
    /// What the sentence names: `found`, `name`, `max`, `count`.
    pub args: Args,
}

codes! {
    /// What can be wrong with a formula.
    pub enum FormulaFault {
        /// There is nothing.
        Empty = "empty",
        /// Longer than `max` characters.
        TooLong = "too-long",
        /// More than `max` numbers, names and signs.
        TooManyParts = "too-many-parts",
        /// Too many calculations in one another.
        TooDeep = "too-deep",
        /// A sign that means nothing: `found`.
        UnknownSign = "unknown-sign",
        /// A text without its closing quote.
        OpenText = "open-text",
        /// A number that is too large, or has too many digits.
        BadNumber = "bad-number",
        /// It ends where something is still to come.
        Unfinished = "unfinished",
        /// Where a value must stand, there is `found`.
        Unexpected = "unexpected",
        /// Two values beside each other: no operator before `found`.
        OperatorMissing = "operator-missing",
        /// A parenthesis that is not closed.
        Unclosed = "unclosed",
        /// A parenthesis that was not opened.
        Unopened = "unopened",
        /// A comma that separates nothing.
        Comma = "comma",
        /// No variable is called `name`, or it stands below.
        UnknownName = "unknown-name",
        /// No function is called `name`.
        UnknownFunction = "unknown-function",
        /// The function `name` takes another number of values: `count` is `one`,
        /// `two`, `three`, `one-or-two` or `some`.
        WrongCount = "wrong-count",
        /// A number is wanted.
        NotANumber = "not-a-number",
        /// A whole number is wanted.
        NotWhole = "not-whole",
        /// A comparison is wanted: something that holds or not.
        NotATruth = "not-a-truth",
        /// A text is wanted.
        NotAText = "not-a-text",
        /// Of another type than what it stands beside.
        Differs = "differs",
        /// A comparison with what a comparison came to.
        Chain = "chain",
        /// An `if` within a calculation.
        IfInside = "if-inside",
        /// Not a number of figures: a whole number up to `max`, or a variable.
        BadFigures = "bad-figures",
    }
}
