//! Rules as they are: expressions, conditions and what is set.

use super::{
    super::{
        report::{Refusal, RefusalCode},
        xml::Element,
    },
    declaration::{decimal, ends},
    identifier,
};
use crate::assessment::{
    Area, BaseType, Branch, Condition, Decimal, Expression, FloatRef, Identifier, IntegerRef, Literal,
    MathConstant, MathFunction, Operator, Pair, Rounding, Rule, Statistic, ToleranceMode,
    expression::{MAX_DEPTH, MAX_RULE_DEPTH},
};

/// What sets response processing apart from template processing, in names.
pub(super) struct Kind<A> {
    /// `response` or `template`.
    pub(super) word: &'static str,
    /// What an element does that is no condition.
    pub(super) action: fn(&Element) -> Result<A, Refusal>,
}

/// Rules in an element, after the first `skip` of its parts.
pub(super) fn rules<A>(
    element: &Element,
    skip: usize,
    depth: usize,
    kind: &Kind<A>,
) -> Result<Vec<Rule<A>>, Refusal> {
    if depth > MAX_RULE_DEPTH {
        return Err(element.refuse(RefusalCode::TooLarge));
    }
    let parts = element.elements().skip(skip);
    parts.map(|part| rule(part, depth, kind)).collect()
}

fn rule<A>(element: &Element, depth: usize, kind: &Kind<A>) -> Result<Rule<A>, Refusal> {
    let word = kind.word;
    let name = element.name.as_str();
    if name == format!("{word}-condition") {
        return condition(element, depth, kind).map(Rule::Condition);
    }
    if name == format!("exit-{word}") {
        return Ok(Rule::Exit);
    }
    if name == format!("{word}-processing-fragment") {
        return rules(element, 0, depth + 1, kind).map(Rule::Fragment);
    }
    (kind.action)(element).map(Rule::Do)
}

fn condition<A>(element: &Element, depth: usize, kind: &Kind<A>) -> Result<Condition<A>, Refusal> {
    let mut branches = Vec::new();
    let mut otherwise = Vec::new();
    for part in element.elements() {
        let step = part.name.strip_prefix(kind.word).unwrap_or_default();
        match step {
            "-if" | "-else-if" => branches.push(Branch {
                when: first(part)?,
                then: rules(part, 1, depth + 1, kind)?,
            }),
            "-else" => otherwise = rules(part, 0, depth + 1, kind)?,
            _ => return Err(part.refuse(RefusalCode::Invalid)),
        }
    }
    if branches.is_empty() {
        return Err(element.refuse(RefusalCode::Invalid));
    }
    Ok(Condition { branches, otherwise })
}

/// The expression that stands first in an element.
pub(super) fn first(element: &Element) -> Result<Expression, Refusal> {
    let first = element.elements().next();
    expression(first.ok_or_else(|| element.refuse(RefusalCode::Invalid))?, 0)
}

fn expression(it: &Element, depth: usize) -> Result<Expression, Refusal> {
    if depth > MAX_DEPTH {
        return Err(it.refuse(RefusalCode::TooLarge));
    }
    let named = || identifier(it, "identifier");
    Ok(match it.name.as_str() {
        "variable" => Expression::Variable(named()?),
        "correct" => Expression::Correct(named()?),
        "default" => Expression::Default(named()?),
        "map-response" => Expression::MapResponse(named()?),
        "map-response-point" => Expression::MapResponsePoint(named()?),
        "base-value" => Expression::BaseValue(literal(it, base_type(it)?, &it.text())?),
        "null" => Expression::Null,
        "math-constant" => {
            Expression::MathConstant(by_name(it, "name", MathConstant::ALL, MathConstant::as_str)?)
        }
        "random-integer" => Expression::RandomInteger {
            min: integer_or(it, "min", 0)?,
            max: integer(it, "max")?,
            step: integer_or(it, "step", 1)?,
        },
        "random-float" => Expression::RandomFloat {
            min: match it.attribute("min") {
                Some(text) => float(it, text)?,
                None => float(it, "0")?,
            },
            max: float(it, it.attribute("max").unwrap_or_default())?,
        },
        _ => {
            let parts = it.elements().map(|part| expression(part, depth + 1));
            Expression::operation(operator(it)?, parts.collect::<Result<_, _>>()?)
        }
    })
}

fn operator(it: &Element) -> Result<Operator, Refusal> {
    if let Some(plain) = Operator::plain(&it.name) {
        return Ok(plain);
    }
    Ok(match it.name.as_str() {
        // As QTI 2 has them, in QTI 3's spelling.
        "duration-l-t" => Operator::DurationLt,
        "duration-g-t-e" => Operator::DurationGte,
        "index" => Operator::Index { n: integer(it, "n")? },
        "field-value" => Operator::FieldValue {
            field_identifier: identifier(it, "field-identifier")?,
        },
        "substring" => Operator::Substring {
            case_sensitive: it.flag("case-sensitive", true),
        },
        "any-n" => Operator::AnyN {
            min: integer(it, "min")?,
            max: integer(it, "max")?,
        },
        "string-match" => Operator::StringMatch {
            case_sensitive: it.flag("case-sensitive", true),
            substring: it.flag("substring", false),
        },
        "pattern-match" => Operator::PatternMatch {
            pattern: it.attribute("pattern").unwrap_or_default().to_owned(),
        },
        "equal" => equal(it)?,
        "equal-rounded" => Operator::EqualRounded {
            rounding_mode: rounding(it)?,
            figures: integer(it, "figures")?,
        },
        "round-to" => Operator::RoundTo {
            rounding_mode: rounding(it)?,
            figures: integer(it, "figures")?,
        },
        "inside" => Operator::Inside { area: area(it)? },
        "repeat" => Operator::Repeat {
            number_repeats: integer(it, "number-repeats")?,
        },
        "math-operator" => Operator::MathOperator {
            name: by_name(it, "name", MathFunction::ALL, MathFunction::as_str)?,
        },
        "stats-operator" => Operator::StatsOperator {
            name: by_name(it, "name", Statistic::ALL, Statistic::as_str)?,
        },
        _ => return Err(it.refuse(RefusalCode::UnsupportedScoring)),
    })
}

fn equal(it: &Element) -> Result<Operator, Refusal> {
    let tolerance_mode = match it.attribute("tolerance-mode") {
        Some(_) => by_name(it, "tolerance-mode", ToleranceMode::ALL, ToleranceMode::as_str)?,
        None => ToleranceMode::Exact,
    };
    let by = it.attribute("tolerance").unwrap_or_default();
    let by = by.split_whitespace().map(|text| float(it, text));
    Ok(Operator::Equal {
        tolerance_mode,
        tolerance: by.collect::<Result<_, _>>()?,
        include_lower_bound: it.flag("include-lower-bound", true),
        include_upper_bound: it.flag("include-upper-bound", true),
    })
}

fn rounding(it: &Element) -> Result<Rounding, Refusal> {
    match it.attribute("rounding-mode") {
        Some(_) => by_name(it, "rounding-mode", Rounding::ALL, Rounding::as_str),
        None => Ok(Rounding::SignificantFigures),
    }
}

fn by_name<T: Copy>(
    it: &Element,
    attribute: &str,
    all: &[T],
    name: fn(T) -> &'static str,
) -> Result<T, Refusal> {
    let text = it.attribute(attribute).unwrap_or_default();
    let found = all.iter().find(|known| name(**known) == text);
    found.copied().ok_or_else(|| it.refuse(RefusalCode::Invalid))
}

fn area(it: &Element) -> Result<Area, Refusal> {
    let invalid = || it.refuse(RefusalCode::Invalid);
    let coords = it.attribute("coords").unwrap_or_default();
    let coords = coords.split([',', ' ']).filter(|text| !text.is_empty());
    let coords: Result<Vec<i32>, _> = coords.map(str::parse).collect();
    let coords = coords.map_err(|_| invalid())?;
    match it.attribute("shape").unwrap_or_default() {
        "default" => Ok(Area::Default),
        "rect" => coords.try_into().map(Area::Rect).map_err(|_| invalid()),
        "circle" => coords.try_into().map(Area::Circle).map_err(|_| invalid()),
        "ellipse" => coords.try_into().map(Area::Ellipse).map_err(|_| invalid()),
        "poly" if coords.len() % 2 == 0 && coords.len() >= 6 => {
            let corners = coords.chunks_exact(2).filter_map(|corner| corner.try_into().ok());
            Ok(Area::Poly(corners.collect()))
        }
        _ => Err(invalid()),
    }
}

/// The base type that an element names.
pub(super) fn base_type(it: &Element) -> Result<BaseType, Refusal> {
    let name = it.attribute("base-type").unwrap_or_default();
    BaseType::named(name).ok_or_else(|| it.refuse(RefusalCode::Invalid))
}

/// A value of that type.
pub(super) fn literal(it: &Element, base: BaseType, text: &str) -> Result<Literal, Refusal> {
    let trimmed = text.trim();
    let literal = match base {
        BaseType::Identifier => trimmed.parse().ok().map(Literal::Identifier),
        BaseType::Boolean => match trimmed {
            "true" | "1" => Some(Literal::Boolean(true)),
            "false" | "0" => Some(Literal::Boolean(false)),
            _ => None,
        },
        BaseType::Integer => {
            let number = trimmed.strip_prefix('+').unwrap_or(trimmed).parse().ok();
            number.map(Literal::Integer)
        }
        BaseType::Float => decimal(trimmed).map(Literal::Float),
        BaseType::String => Some(Literal::String(text.to_owned())),
        BaseType::Point => point(trimmed).map(Literal::Point),
        BaseType::Pair => ends(trimmed).map(|ends| Literal::Pair(Pair::from(ends))),
        BaseType::DirectedPair => ends(trimmed).map(|ends| Literal::DirectedPair(ends.into())),
        BaseType::Duration => decimal(trimmed).map(Literal::Duration),
        BaseType::Uri => Some(Literal::Uri(trimmed.to_owned())),
        BaseType::File => return Err(it.refuse(RefusalCode::UnsupportedType)),
    };
    literal.ok_or_else(|| it.refuse(RefusalCode::Invalid))
}

fn point(text: &str) -> Option<[i32; 2]> {
    let (across, down) = text.split_once(char::is_whitespace)?;
    Some([across.parse().ok()?, down.trim().parse().ok()?])
}

/// A variable's name, in braces or without.
fn referred(text: &str) -> Option<Identifier> {
    let inner = text.strip_prefix('{').and_then(|text| text.strip_suffix('}'));
    inner.unwrap_or(text).parse().ok()
}

fn integer(it: &Element, attribute: &str) -> Result<IntegerRef, Refusal> {
    let text = it.attribute(attribute).unwrap_or_default();
    let number = text.parse().ok().map(IntegerRef::Value);
    let found = number.or_else(|| referred(text).map(IntegerRef::Variable));
    found.ok_or_else(|| it.refuse(RefusalCode::Invalid))
}

fn integer_or(it: &Element, attribute: &str, otherwise: i64) -> Result<IntegerRef, Refusal> {
    match it.attribute(attribute) {
        Some(_) => integer(it, attribute),
        None => Ok(IntegerRef::Value(otherwise)),
    }
}

fn float(it: &Element, text: &str) -> Result<FloatRef, Refusal> {
    let number: Option<Decimal> = decimal(text);
    let found = number.map(FloatRef::Value);
    let found = found.or_else(|| referred(text).map(FloatRef::Variable));
    found.ok_or_else(|| it.refuse(RefusalCode::Invalid))
}
