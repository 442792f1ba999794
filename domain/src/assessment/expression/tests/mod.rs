//! Each operator by the standard's wording, and all of them by chance.

mod bounds;
mod logic;
mod numbers;
mod values;

use std::collections::BTreeMap;

use proptest::prelude::*;
use serde_json::json;

use super::{sample::name, *};
use crate::{
    Seed,
    assessment::{BaseType, Cardinality, check::Checker},
};

fn int(number: i64) -> Expression {
    Expression::BaseValue(Literal::Integer(number))
}

fn float(text: &str) -> Expression {
    Expression::BaseValue(Literal::Float(text.parse().unwrap()))
}

fn text(text: &str) -> Expression {
    Expression::BaseValue(Literal::String(text.to_owned()))
}

fn id(text: &str) -> Expression {
    Expression::BaseValue(Literal::Identifier(name(text)))
}

fn truth(truth: bool) -> Expression {
    Expression::BaseValue(Literal::Boolean(truth))
}

fn seconds(text: &str) -> Expression {
    Expression::BaseValue(Literal::Duration(text.parse().unwrap()))
}

fn op<const N: usize>(operator: Operator, of: [Expression; N]) -> Expression {
    Expression::operation(operator, of.into())
}

fn set(names: &str) -> Expression {
    Expression::operation(
        Operator::Multiple,
        names.chars().map(|c| id(&c.to_string())).collect(),
    )
}

fn row(names: &str) -> Expression {
    Expression::operation(
        Operator::Ordered,
        names.chars().map(|c| id(&c.to_string())).collect(),
    )
}

const NULL: Expression = Expression::Null;

fn value(expression: &Expression) -> Result<Held, Fault> {
    Machine::new(Scope::new()).value(expression)
}

fn come_to<const N: usize>(cases: [(Expression, Expression); N]) {
    for (expression, expected) in cases {
        assert_eq!(value(&expression), value(&expected), "{expression:?}");
    }
}

fn floats(numbers: &[&str]) -> Expression {
    Expression::operation(
        Operator::Multiple,
        numbers.iter().map(|text| float(text)).collect(),
    )
}
