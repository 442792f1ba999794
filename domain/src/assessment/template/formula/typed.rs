//! What the parts of a formula come to: the type of each operation, or why it is none.

use super::{
    FormulaError, FormulaFault,
    functions::{self, HALF, ROOT},
    token::fault,
};
use crate::assessment::{
    Args, BaseType, Expression, IntegerRef, Literal, Operator, Rounding,
    code::args,
    expression::{Kind, MAX_DEPTH, outcome, refused},
};

/// No number is rounded to more figures.
const MAX_FIGURES: i64 = 15;

pub(super) type Read<T> = Result<T, FormulaError>;

/// A part of a formula that was read.
pub(super) struct Node {
    pub(super) expression: Expression,
    pub(super) base: BaseType,
    /// Operations in one another.
    pub(super) height: usize,
    /// Where it begins.
    pub(super) at: usize,
}

impl Node {
    pub(super) fn leaf(at: usize, base: BaseType, expression: Expression) -> Self {
        Self {
            expression,
            base,
            height: 0,
            at,
        }
    }

    pub(super) fn value(at: usize, literal: Literal) -> Self {
        Self::leaf(at, literal.base_type(), Expression::BaseValue(literal))
    }

    pub(super) const fn kind(&self) -> Kind {
        Kind::single(self.base)
    }
}

pub(super) fn number(at: usize, digits: &str, whole: bool) -> Read<Node> {
    let literal = if whole {
        digits.parse().map(Literal::Integer).ok()
    } else {
        digits.parse().map(Literal::Float).ok()
    };
    let literal = literal.ok_or_else(|| fault(at, FormulaFault::BadNumber, Args::new()))?;
    Ok(Node::value(at, literal))
}

/// The type of what is one or the other.
pub(super) fn joined(one: BaseType, other: BaseType) -> Option<BaseType> {
    match (one, other) {
        _ if one == other => Some(one),
        (BaseType::Integer, BaseType::Float) | (BaseType::Float, BaseType::Integer) => Some(BaseType::Float),
        _ => None,
    }
}

/// All parts of a chain as one; a single one is itself.
pub(super) fn joined_parts(at: usize, many: &Operator, mut parts: Vec<Node>) -> Read<Node> {
    match (parts.pop(), parts.is_empty()) {
        (Some(only), true) => Ok(only),
        (last, _) => {
            parts.extend(last);
            operation(at, many.clone(), parts)
        }
    }
}

pub(super) fn operation(at: usize, operator: Operator, of: Vec<Node>) -> Read<Node> {
    for (index, node) in of.iter().enumerate() {
        if let Some(wanted) = refused(&operator, index, node.kind()) {
            let code = match wanted {
                [BaseType::Integer] => FormulaFault::NotWhole,
                [BaseType::Boolean] => FormulaFault::NotATruth,
                [BaseType::String] => FormulaFault::NotAText,
                _ => FormulaFault::NotANumber,
            };
            return Err(fault(node.at, code, Args::new()));
        }
    }
    if let (Operator::Match, [one, other]) = (&operator, of.as_slice())
        && one.base != other.base
    {
        return Err(fault(other.at, FormulaFault::Differs, Args::new()));
    }
    let height = 1 + of.iter().map(|node| node.height).max().unwrap_or(0);
    if height > MAX_DEPTH {
        return Err(fault(at, FormulaFault::TooDeep, Args::new()));
    }
    let kinds: Vec<Kind> = of.iter().map(Node::kind).collect();
    let base = outcome(&operator, &kinds).base.unwrap_or(BaseType::Float);
    let of = of.into_iter().map(|node| node.expression).collect();
    Ok(Node {
        expression: Expression::operation(operator, of),
        base,
        height,
        at,
    })
}

pub(super) fn wrong_count(at: usize, name: &str, count: &str) -> FormulaError {
    fault(
        at,
        FormulaFault::WrongCount,
        args([("name", &name), ("count", &count)]),
    )
}

pub(super) fn called(at: usize, name: &str, mut of: Vec<Node>) -> Read<Node> {
    let operator = functions::operator(name);
    match (functions::rounding(name), of.len()) {
        (Some(rounding_mode), 2) => {
            let figures = figures(of.pop(), rounding_mode, at)?;
            let operator = Operator::RoundTo {
                rounding_mode,
                figures,
            };
            return operation(at, operator, of);
        }
        (Some(_), 1) if operator.is_some() => {}
        (Some(_), _) => {
            let count = if operator.is_some() { "one-or-two" } else { "two" };
            return Err(wrong_count(at, name, count));
        }
        (None, 1) if name == ROOT => {
            let half = HALF.parse().map(Literal::Float);
            let half = half.map_err(|_| fault(at, FormulaFault::BadNumber, Args::new()))?;
            of.push(Node::value(at, half));
            return operation(at, Operator::Power, of);
        }
        (None, _) if name == ROOT => return Err(wrong_count(at, name, "one")),
        (None, _) => {}
    }
    let Some(operator) = operator else {
        return Err(fault(at, FormulaFault::UnknownFunction, args([("name", &name)])));
    };
    let (least, most) = operator.arity();
    if !(least..=most).contains(&of.len()) {
        let count = match (least, most) {
            (1, 1) => "one",
            (2, 2) => "two",
            _ => "some",
        };
        return Err(wrong_count(at, name, count));
    }
    operation(at, operator, of)
}

/// To how many figures something is rounded.
fn figures(node: Option<Node>, mode: Rounding, at: usize) -> Read<IntegerRef> {
    let least = i64::from(mode == Rounding::SignificantFigures);
    let at = node.as_ref().map_or(at, |node| node.at);
    match node.map(|node| (node.base, node.expression)) {
        Some((_, Expression::BaseValue(Literal::Integer(figures))))
            if (least..=MAX_FIGURES).contains(&figures) =>
        {
            Ok(IntegerRef::Value(figures))
        }
        Some((BaseType::Integer, Expression::Variable(name))) => Ok(IntegerRef::Variable(name)),
        _ => Err(fault(at, FormulaFault::BadFigures, args([("max", &MAX_FIGURES)]))),
    }
}
