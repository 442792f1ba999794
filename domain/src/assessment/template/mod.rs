//! Items that are made anew for each learner (QTI 3 §2.9 template processing).
//!
//! A [`Template`] has variables and rules that give them values by chance and by
//! formulas. Where a text of the item says `{{x}}`, the value of `x` is printed,
//! and `{{x:.2}}` prints two decimals: two braces mean nothing in Markdown, and
//! in a formula they are a group. [`Item::variant`](super::Item::variant) makes of
//! it an ordinary item, so that nothing after that knows of templates.
//!
//! Authors write [`Variables`] with [`Formula`]s; a template from elsewhere may say
//! more than these.

mod check;
mod fill;
mod formula;
mod look;
mod print;
mod room;
#[cfg(test)]
mod tests;
mod variables;
mod variant;

use serde::{Deserialize, Serialize};

use super::{BaseType, Cardinality, Expression, Identifier, Literal, rules::Rule};

pub(super) use check::check as check_template;
pub use formula::{Formula, FormulaError, FormulaFault, VariableTypes, is_variable_name};
pub use look::{Variant, VariantProblem, variants};
pub(super) use print::{MAX_PLACES, Piece, pieces};
pub use variables::{NumberRange, RangeFault, RulePlace, VariableSource, Variables};

/// How an item is made anew (QTI 3 `qti-template-declaration` and
/// `qti-template-processing`).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Template {
    /// What it draws and works out.
    pub variables: Vec<TemplateDeclaration>,
    /// How, in order.
    pub rules: Vec<TemplateRule>,
}

/// A variable of a template.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct TemplateDeclaration {
    /// What rules and texts call it.
    pub identifier: Identifier,
    /// How many values it holds.
    pub cardinality: Cardinality,
    /// Of what type.
    pub base_type: BaseType,
    /// What it holds before any rule sets it.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub default_value: Vec<Literal>,
}

/// A rule of template processing.
pub type TemplateRule = Rule<TemplateAction>;

/// What a rule of template processing does.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(
    rename_all = "camelCase",
    rename_all_fields = "camelCase",
    deny_unknown_fields
)]
pub enum TemplateAction {
    /// Gives a variable a value (`qti-set-template-value`).
    SetTemplateValue {
        /// The variable.
        identifier: Identifier,
        /// The value.
        value: Expression,
    },
    /// Gives a response its key (`qti-set-correct-response`).
    SetCorrectResponse {
        /// The response.
        identifier: Identifier,
        /// The key.
        value: Expression,
    },
    /// Gives an outcome what it holds at first (`qti-set-default-value`).
    SetDefaultValue {
        /// The outcome.
        identifier: Identifier,
        /// The value.
        value: Expression,
    },
    /// Begins anew unless it holds (`qti-template-constraint`).
    TemplateConstraint(Expression),
}
