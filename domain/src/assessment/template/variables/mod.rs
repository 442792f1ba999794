//! A template as its author thinks of it: variables, each drawn or computed, what
//! must hold of them, and the right answer.
//!
//! Any of these is a [`Template`] ([`Variables::template`]), and of those templates
//! that say no more than this it is read back ([`Variables::of`]). Constraints
//! stand after all variables, and the right answer last: a variable is set once, so
//! that it makes no difference when it is looked at.

mod range;
mod read;
#[cfg(test)]
mod tests;

use super::{
    Formula, Template, TemplateAction, TemplateDeclaration, TemplateRule, VariableTypes, formula::Tree,
};
use crate::assessment::{
    BaseType, Branch, Cardinality, Condition, Decimal, Expression, Identifier, Interaction, Item, Literal,
    Operator, Rule, limits,
};

pub use range::{NumberRange, RangeFault};

/// The variables of an item, in the order in which they get their values.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Variables {
    /// Each with what gives it its value.
    pub variables: Vec<(Identifier, VariableSource)>,
    /// All is drawn again until these hold.
    pub constraints: Vec<Formula>,
    /// The right answer, where it is computed.
    pub key: Option<Formula>,
}

/// What gives a variable its value.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum VariableSource {
    /// One of the numbers in a range, by chance.
    Range(NumberRange),
    /// One of these numbers, by chance.
    Numbers(Vec<Decimal>),
    /// One of these texts, by chance.
    Texts(Vec<String>),
    /// A formula over the variables before it.
    Formula(Formula),
}

/// What a rule of a template gives a value to, or asks for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum RulePlace {
    /// The variable of that number, from 0.
    Variable(usize),
    /// The constraint of that number, from 0.
    Constraint(usize),
    /// The right answer.
    Key,
}

impl VariableSource {
    /// So many values can be in a list.
    pub const MAX_VALUES: usize = limits::VARIABLES;

    /// The type of what the variable holds.
    #[must_use]
    pub fn base_type(&self) -> BaseType {
        match self {
            Self::Range(range) => range.base_type(),
            Self::Numbers(numbers) if numbers.iter().all(|number| whole(number).is_some()) => {
                BaseType::Integer
            }
            Self::Numbers(_) => BaseType::Float,
            Self::Texts(_) => BaseType::String,
            Self::Formula(formula) => formula.base_type(),
        }
    }

    fn rule(&self, set: &impl Fn(Expression) -> TemplateAction) -> TemplateRule {
        match self {
            Self::Range(range) => Rule::Do(set(range.expression())),
            Self::Numbers(numbers) => {
                let base = self.base_type();
                let values = numbers.iter().map(|number| match whole(number) {
                    Some(whole) if base == BaseType::Integer => Literal::Integer(whole),
                    _ => Literal::Float(number.clone()),
                });
                Rule::Do(set(one_of(values)))
            }
            Self::Texts(texts) => Rule::Do(set(one_of(texts.iter().cloned().map(Literal::String)))),
            Self::Formula(formula) => rule_of(formula.tree(), set),
        }
    }
}

/// The whole number that it is, if it is written as one.
fn whole(number: &Decimal) -> Option<i64> {
    number.as_str().parse().ok()
}

fn one_of(values: impl Iterator<Item = Literal>) -> Expression {
    let values = values.map(Expression::BaseValue).collect();
    Expression::operation(
        Operator::Random,
        vec![Expression::operation(Operator::Multiple, values)],
    )
}

/// A formula as a rule: QTI has conditions among rules and not in expressions.
fn rule_of(mut tree: &Tree, set: &impl Fn(Expression) -> TemplateAction) -> TemplateRule {
    let mut branches = Vec::new();
    while let Tree::If(choice) = tree {
        branches.push(Branch {
            when: choice.when.clone(),
            then: vec![rule_of(&choice.then, set)],
        });
        tree = &choice.otherwise;
    }
    let last = match tree {
        Tree::Value(value) => Rule::Do(set(value.clone())),
        Tree::If(_) => Rule::Exit,
    };
    if branches.is_empty() {
        return last;
    }
    Rule::Condition(Condition {
        branches,
        otherwise: vec![last],
    })
}

impl Variables {
    /// The variables of an item that has a template; none if it says more than can
    /// be said by them.
    #[must_use]
    pub fn of(item: &Item) -> Option<Self> {
        read::read(item, item.template.as_ref()?)
    }

    /// Whether an item of that kind can have its right answer computed, and of what
    /// type that is.
    #[must_use]
    pub const fn key_type(interaction: &Interaction) -> Option<BaseType> {
        match interaction {
            Interaction::NumericEntry(_) | Interaction::Slider(_) => Some(BaseType::Float),
            Interaction::TextEntry(_) => Some(BaseType::String),
            _ => None,
        }
    }

    /// The types of the variables, for formulas.
    #[must_use]
    pub fn known(&self) -> VariableTypes {
        let known = self.variables.iter();
        known
            .map(|(name, source)| (name.clone(), source.base_type()))
            .collect()
    }

    /// The template for an item whose answer is `response`; none if there is nothing
    /// to draw or to work out.
    #[must_use]
    pub fn template(&self, response: &Identifier) -> Option<Template> {
        if self.variables.is_empty() && self.constraints.is_empty() && self.key.is_none() {
            return None;
        }
        let declared = self.variables.iter().map(|(name, source)| TemplateDeclaration {
            identifier: name.clone(),
            cardinality: Cardinality::Single,
            base_type: source.base_type(),
            default_value: Vec::new(),
        });
        let set = self.variables.iter().map(|(name, source)| {
            source.rule(&|value| TemplateAction::SetTemplateValue {
                identifier: name.clone(),
                value,
            })
        });
        let constraints = self.constraints.iter();
        let constraints =
            constraints.map(|formula| rule_of(formula.tree(), &TemplateAction::TemplateConstraint));
        let key = self.key.iter().map(|formula| {
            rule_of(formula.tree(), &|value| TemplateAction::SetCorrectResponse {
                identifier: response.clone(),
                value,
            })
        });
        Some(Template {
            variables: declared.collect(),
            rules: set.chain(constraints).chain(key).collect(),
        })
    }

    /// What the rule of that number in a template is about; none if it is not one of
    /// those that variables have.
    #[must_use]
    pub fn place(template: &Template, rule: usize) -> Option<RulePlace> {
        match read::action(template.rules.get(rule)?)? {
            TemplateAction::SetTemplateValue { identifier, .. } => {
                let before = template.rules.iter().take(rule);
                let set = before.filter(|rule| {
                    matches!(read::action(rule), Some(TemplateAction::SetTemplateValue { .. }))
                });
                let is_declared = template.variables.iter().any(|it| it.identifier == *identifier);
                is_declared.then(|| RulePlace::Variable(set.count()))
            }
            TemplateAction::TemplateConstraint(_) => {
                let before = template.rules.iter().take(rule);
                let constraints = before
                    .filter(|rule| matches!(read::action(rule), Some(TemplateAction::TemplateConstraint(_))));
                Some(RulePlace::Constraint(constraints.count()))
            }
            TemplateAction::SetCorrectResponse { .. } => Some(RulePlace::Key),
            TemplateAction::SetDefaultValue { .. } => None,
        }
    }
}
