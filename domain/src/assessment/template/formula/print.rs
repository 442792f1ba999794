//! A formula in the shortest way that it can be typed.

use super::{
    Choice, Tree,
    functions::{self, HALF, ROOT},
};
use crate::assessment::{
    Expression, IntegerRef, Literal, Operation, Operator, ToleranceMode, expression::MAX_DEPTH,
};

/// How tightly the outermost sign of a formula holds, the loosest first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Level {
    Either,
    Both,
    Negated,
    Compared,
    Added,
    Multiplied,
    Signed,
    Raised,
    Alone,
}

/// None if it says something that formulas don't.
pub(super) fn print(tree: &Tree) -> Option<String> {
    match tree {
        Tree::Value(value) => written(value, 0).map(|(text, _)| text),
        Tree::If(choice) => {
            let Choice {
                when,
                then,
                otherwise,
            } = choice.as_ref();
            let (when, _) = written(when, 0)?;
            Some(format!("if({when}, {}, {})", print(then)?, print(otherwise)?))
        }
    }
}

fn written(expression: &Expression, depth: usize) -> Option<(String, Level)> {
    if depth > MAX_DEPTH {
        return None;
    }
    match expression {
        Expression::Variable(name) => Some((name.to_string(), Level::Alone)),
        Expression::BaseValue(literal) => value(literal),
        Expression::MathConstant(name) => Some((name.to_string(), Level::Alone)),
        Expression::Operation(Operation { operator, of }) => operation(operator, of, depth + 1),
        _ => None,
    }
}

fn value(literal: &Literal) -> Option<(String, Level)> {
    let level = |text: &str| {
        if text.starts_with('-') {
            Level::Signed
        } else {
            Level::Alone
        }
    };
    let text = match literal {
        Literal::Boolean(truth) => truth.to_string(),
        Literal::Integer(number) => number.to_string(),
        Literal::Float(number) if number.as_str().contains(['.', 'e']) => number.to_string(),
        Literal::Float(number) => format!("{number}."),
        Literal::String(text) if !text.contains(char::is_control) => {
            return Some((format!("\"{}\"", text.replace('"', "\"\"")), Level::Alone));
        }
        _ => return None,
    };
    let level = level(&text);
    Some((text, level))
}

/// In parentheses, if it would fall apart there.
fn within(expression: &Expression, least: Level, depth: usize) -> Option<String> {
    let (text, level) = written(expression, depth)?;
    Some(if level < least { format!("({text})") } else { text })
}

fn operation(operator: &Operator, of: &[Expression], depth: usize) -> Option<(String, Level)> {
    if let Some(infix) = Infix::of(operator) {
        match of {
            [Expression::BaseValue(Literal::Integer(0)), one]
                if *operator == Operator::Subtract && !is_number(one) =>
            {
                return Some((format!("-{}", within(one, Level::Signed, depth)?), Level::Signed));
            }
            [base, Expression::BaseValue(Literal::Float(half))]
                if *operator == Operator::Power && half.as_str() == HALF =>
            {
                return Some((
                    format!("{ROOT}({})", within(base, Level::Either, depth)?),
                    Level::Alone,
                ));
            }
            [_, _, ..] => return infix.written(of, depth),
            _ => {}
        }
    }
    match (operator, of) {
        (Operator::Not, [Expression::Operation(Operation { operator, of })]) if is_equal(operator) => {
            Infix::new("!=", Level::Compared, Level::Added).written(of, depth + 1)
        }
        (Operator::Not, [one]) => Some((
            format!("not {}", within(one, Level::Negated, depth)?),
            Level::Negated,
        )),
        (
            Operator::RoundTo {
                rounding_mode,
                figures,
            },
            [one],
        ) => {
            let figures = match figures {
                IntegerRef::Value(figures) => figures.to_string(),
                IntegerRef::Variable(name) => name.to_string(),
            };
            let name = functions::rounding_name(*rounding_mode);
            let one = within(one, Level::Either, depth)?;
            Some((format!("{name}({one}, {figures})"), Level::Alone))
        }
        _ => {
            let name = functions::name(operator)?;
            let parts = of.iter().map(|part| within(part, Level::Either, depth));
            let parts = parts.collect::<Option<Vec<_>>>()?.join(", ");
            Some((format!("{name}({parts})"), Level::Alone))
        }
    }
}

const fn is_number(expression: &Expression) -> bool {
    matches!(
        expression,
        Expression::BaseValue(Literal::Integer(_) | Literal::Float(_))
    )
}

/// Whether it is what `=` says, of numbers or of texts.
fn is_equal(operator: &Operator) -> bool {
    match operator {
        Operator::Equal {
            tolerance_mode,
            tolerance,
            include_lower_bound,
            include_upper_bound,
        } => {
            *tolerance_mode == ToleranceMode::Exact
                && tolerance.is_empty()
                && *include_lower_bound
                && *include_upper_bound
        }
        Operator::StringMatch {
            case_sensitive,
            substring,
        } => *case_sensitive && !*substring,
        _ => false,
    }
}

/// An operator that stands between what it works on.
struct Infix {
    sign: &'static str,
    own: Level,
    /// What stands first need hold no tighter than this, and what follows than `rest`.
    first: Level,
    rest: Level,
    /// Whether it takes any number: one that stands first in another is a part of
    /// its own.
    many: bool,
}

impl Infix {
    const fn new(sign: &'static str, own: Level, each: Level) -> Self {
        Self {
            sign,
            own,
            first: each,
            rest: each,
            many: false,
        }
    }

    /// From left to right.
    const fn leftward(sign: &'static str, own: Level, rest: Level) -> Self {
        Self {
            first: own,
            ..Self::new(sign, own, rest)
        }
    }

    fn of(operator: &Operator) -> Option<Self> {
        let compared = |sign| Self::new(sign, Level::Compared, Level::Added);
        let added = |sign| Self::leftward(sign, Level::Added, Level::Multiplied);
        let multiplied = |sign| Self::leftward(sign, Level::Multiplied, Level::Signed);
        let many = |it| Self { many: true, ..it };
        Some(match operator {
            Operator::Or => Self::new("or", Level::Either, Level::Both),
            Operator::And => Self::new("and", Level::Both, Level::Negated),
            Operator::Lt => compared("<"),
            Operator::Lte => compared("<="),
            Operator::Gt => compared(">"),
            Operator::Gte => compared(">="),
            equal if is_equal(equal) => compared("="),
            Operator::Sum => many(added("+")),
            Operator::Subtract => added("-"),
            Operator::Product => many(multiplied("*")),
            Operator::Divide => multiplied("/"),
            Operator::IntegerDivide => multiplied("div"),
            Operator::IntegerModulus => multiplied("mod"),
            Operator::Power => Self {
                first: Level::Alone,
                ..Self::new("^", Level::Raised, Level::Signed)
            },
            _ => return None,
        })
    }

    fn written(&self, of: &[Expression], depth: usize) -> Option<(String, Level)> {
        let mut text = String::new();
        for (index, part) in of.iter().enumerate() {
            if index > 0 {
                let gap = if self.own == Level::Raised { "" } else { " " };
                text.extend([gap, self.sign, gap]);
            }
            let is_same = matches!(part, Expression::Operation(Operation { operator, of })
                if of.len() > 1 && Self::of(operator).is_some_and(|it| it.sign == self.sign));
            let least = match index {
                0 if self.many && is_same => Level::Alone,
                0 => self.first,
                _ => self.rest,
            };
            text.push_str(&within(part, least, depth)?);
        }
        Some((text, self.own))
    }
}
