//! Putting what a template drew into an item's own rules.

use std::collections::BTreeMap;

use super::{print::decimal, room::Room};
use crate::assessment::{
    Expression, Fault, Identifier, Literal, Operator, ResponseAction,
    expression::{FloatRef, Held, IntegerRef, Operation, Scalar, referred},
    rules::Rule,
};

/// A value as rules have it; a fault for a number beyond those that a decimal has.
pub(super) fn literal(scalar: &Scalar) -> Result<Literal, Fault> {
    let decimal = |number: f64| decimal(number).ok_or(Fault::TooLarge);
    Ok(match scalar {
        Scalar::Identifier(name) => Literal::Identifier(name.clone()),
        Scalar::Boolean(truth) => Literal::Boolean(*truth),
        Scalar::Integer(number) => Literal::Integer(*number),
        Scalar::Float(number) => Literal::Float(decimal(*number)?),
        Scalar::String(text) => Literal::String(text.clone()),
        Scalar::Point(place) => Literal::Point(*place),
        Scalar::Pair(pair) => Literal::Pair(pair.clone()),
        Scalar::DirectedPair(pair) => Literal::DirectedPair(pair.clone()),
        Scalar::Duration(seconds) => Literal::Duration(decimal(*seconds)?),
        Scalar::Uri(address) => Literal::Uri(address.clone()),
    })
}

/// Does something to each expression of a rule of response processing.
pub(super) fn each_expression(
    rule: &mut Rule<ResponseAction>,
    to: &mut impl FnMut(&mut Expression) -> Result<(), Fault>,
) -> Result<(), Fault> {
    match rule {
        Rule::Do(
            ResponseAction::SetOutcomeValue { value, .. } | ResponseAction::LookupOutcomeValue { value, .. },
        ) => to(value),
        Rule::Fragment(rules) => rules.iter_mut().try_for_each(|rule| each_expression(rule, to)),
        Rule::Condition(condition) => {
            for branch in &mut condition.branches {
                to(&mut branch.when)?;
                branch
                    .then
                    .iter_mut()
                    .try_for_each(|rule| each_expression(rule, to))?;
            }
            condition
                .otherwise
                .iter_mut()
                .try_for_each(|rule| each_expression(rule, to))
        }
        Rule::Exit => Ok(()),
    }
}

/// Puts values in place of a template's variables.
pub(super) struct Filler<'m> {
    pub(super) values: &'m BTreeMap<Identifier, Held>,
    pub(super) initial: &'m BTreeMap<Identifier, Held>,
    pub(super) room: Room,
}

impl Filler<'_> {
    pub(super) fn fill_in(&mut self, expression: &mut Expression) -> Result<(), Fault> {
        let held = match expression {
            Expression::Variable(name) => self.values.get(name),
            Expression::Default(name) => self.initial.get(name),
            Expression::Operation(Operation { operator, of }) => {
                if !self.fill_in_operator(operator)? {
                    *expression = Expression::Null;
                    return Ok(());
                }
                return of.iter_mut().try_for_each(|part| self.fill_in(part));
            }
            _ => None,
        };
        if let Some(held) = held {
            self.room.take_value(held)?;
            *expression = constant(held)?;
        }
        Ok(())
    }

    /// Whether it comes to anything: without a pattern, it is NULL.
    fn fill_in_operator(&self, operator: &mut Operator) -> Result<bool, Fault> {
        let first = |name: &Identifier| self.values.get(name)?.values().first();
        for it in operator.integers_mut() {
            if let IntegerRef::Variable(name) = it
                && let Some(found) = first(name).and_then(Scalar::as_integer)
            {
                *it = IntegerRef::Value(found);
            }
        }
        match operator {
            Operator::Equal { tolerance, .. } => {
                for it in tolerance {
                    if let FloatRef::Variable(name) = it
                        && let Some(found) = first(name).and_then(Scalar::as_float)
                    {
                        *it = FloatRef::Value(decimal(found).ok_or(Fault::TooLarge)?);
                    }
                }
            }
            Operator::PatternMatch { pattern } => {
                let named = referred(pattern).and_then(|name| self.values.get(&name));
                match named.map(Held::only).transpose()? {
                    Some(Some(Scalar::String(text))) => pattern.clone_from(text),
                    Some(Some(_)) => return Err(Fault::WrongType),
                    Some(None) => return Ok(false),
                    None => {}
                }
            }
            _ => {}
        }
        Ok(true)
    }
}

fn constant(held: &Held) -> Result<Expression, Fault> {
    let value = |scalar: &Scalar| literal(scalar).map(Expression::BaseValue);
    let all = || held.values().iter().map(value).collect::<Result<Vec<_>, _>>();
    Ok(match held {
        Held::Single(scalar) => value(scalar)?,
        Held::Multiple(_) => Expression::operation(Operator::Multiple, all()?),
        Held::Ordered(_) => Expression::operation(Operator::Ordered, all()?),
        Held::Null | Held::Record(_) => Expression::Null,
    })
}
