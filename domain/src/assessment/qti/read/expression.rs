//! The expressions of response processing that a score is made of here.

use super::{
    super::{
        extension,
        report::{Refusal, RefusalCode},
        xml::Element,
    },
    declaration::{decimal, points},
};
use crate::assessment::{Comparison, NumberRules, Points, TextRules, Tolerance, Unit, WhiteSpace};

/// Whether one response is right.
#[derive(Debug)]
pub(super) struct Test<'a> {
    pub(super) response: &'a str,
    pub(super) comparison: Comparison,
    /// The key, if it is not the declared one.
    pub(super) key: Option<Vec<String>>,
}

/// What is added to a score.
#[derive(Debug)]
pub(super) enum Term<'a> {
    Constant(Points),
    /// Another variable's value.
    Variable(&'a str),
    /// What a response is mapped to; with a comparison, if the mapping alone does not say it.
    Map(&'a str, Option<TextRules>),
    /// What the places in a response are mapped to.
    MapPoint(&'a str),
    /// A share of these points for each part that is right.
    Share {
        response: &'a str,
        points: Points,
        /// In percent; none if the mapping says it.
        penalty: Option<u8>,
    },
}

/// The parts of a sum.
pub(super) fn terms(expression: &Element) -> Result<Vec<Term<'_>>, Refusal> {
    if expression.name == "sum" {
        let terms = expression.elements().map(terms).collect::<Result<Vec<_>, _>>()?;
        return Ok(terms.into_iter().flatten().collect());
    }
    term(expression).map(|term| vec![term])
}

fn term(expression: &Element) -> Result<Term<'_>, Refusal> {
    let unsupported = || expression.refuse(RefusalCode::UnsupportedScoring);
    match expression.name.as_str() {
        "base-value" => points(&expression.text())
            .map(Term::Constant)
            .ok_or_else(unsupported),
        "variable" => Ok(Term::Variable(name(expression)?)),
        "map-response" => Ok(Term::Map(name(expression)?, None)),
        "map-response-point" => Ok(Term::MapPoint(name(expression)?)),
        "custom-operator" => {
            let (inner, rules) = text_operators(expression)?;
            if inner.name != "map-response" {
                return Err(unsupported());
            }
            // Whether case matters, each entry says: the caller knows the mapping.
            Ok(Term::Map(name(inner)?, Some(rules)))
        }
        "product" => share(expression).ok_or_else(unsupported),
        _ => Err(unsupported()),
    }
}

/// `points × (right parts ÷ all parts)`.
fn share(product: &Element) -> Option<Term<'_>> {
    let [worth, divide] = pair(product)?;
    let [right, _] = pair(divide).filter(|_| divide.name == "divide")?;
    let worth = points(&worth.text()).filter(|_| worth.name == "base-value")?;
    match right.name.as_str() {
        "map-response" => {
            let response = right.attribute("identifier")?;
            Some(Term::Share {
                response,
                points: worth,
                penalty: None,
            })
        }
        "custom-operator" if right.attribute("class") == Some(extension::RIGHT_POSITIONS) => {
            let mut parts = right.elements();
            let response = parts.next()?.attribute("identifier")?;
            let penalty = parts.nth(1)?.text().trim().parse().ok()?;
            Some(Term::Share {
                response,
                points: worth,
                penalty: Some(penalty),
            })
        }
        _ => None,
    }
}

fn pair(element: &Element) -> Option<[&Element; 2]> {
    let parts: Vec<_> = element.elements().collect();
    parts.try_into().ok()
}

/// The identifier that an expression names.
pub(super) fn name(expression: &Element) -> Result<&str, Refusal> {
    let name = expression.attribute("identifier");
    name.ok_or_else(|| expression.refuse(RefusalCode::Invalid))
}

/// A comparison of texts with or without regard to case.
pub(super) fn text(ignore_case: bool) -> Comparison {
    if !ignore_case {
        return Comparison::Exact;
    }
    Comparison::Text(TextRules {
        ignore_case,
        ..TextRules::default()
    })
}

/// A condition that holds when one response is right.
pub(super) fn test(condition: &Element) -> Result<Test<'_>, Refusal> {
    let unsupported = || condition.refuse(RefusalCode::UnsupportedScoring);
    match condition.name.as_str() {
        "and" | "any-n" if condition.elements().count() == 1 => condition
            .elements()
            .next()
            .map_or_else(|| Err(unsupported()), test),
        "or" => one_of(condition),
        "member" => {
            let [variable, known] = pair(condition).ok_or_else(unsupported)?;
            let keys = constants(known).ok_or_else(unsupported)?;
            either(condition, name(variable)?, keys, Comparison::Exact)
        }
        "match" => held(condition, Comparison::Exact),
        "string-match" if !condition.flag("substring", false) => {
            let ignore_case = !condition.flag("case-sensitive", true);
            held(
                condition,
                Comparison::Text(TextRules {
                    ignore_case,
                    ..TextRules::default()
                }),
            )
        }
        "equal" | "equal-rounded" => {
            let rules = number(condition)?;
            let is_exact = rules == NumberRules::default();
            held(
                condition,
                if is_exact {
                    Comparison::Exact
                } else {
                    Comparison::Number(rules)
                },
            )
        }
        "custom-operator" if condition.attribute("class") == Some(extension::QUANTITY) => quantity(condition),
        "custom-operator" => {
            let (inner, rules) = text_operators(condition)?;
            let mut test = test(inner)?;
            let (variants, ignore_case) = match test.comparison {
                Comparison::Text(known) => (known.variants, known.ignore_case),
                _ => (Vec::new(), false),
            };
            test.comparison = Comparison::Text(TextRules {
                variants,
                ignore_case,
                ..rules
            });
            Ok(test)
        }
        _ => Err(unsupported()),
    }
}

/// One response held against its key or a constant.
fn held(condition: &Element, comparison: Comparison) -> Result<Test<'_>, Refusal> {
    let unsupported = || condition.refuse(RefusalCode::UnsupportedScoring);
    let [one, other] = pair(condition).ok_or_else(unsupported)?;
    // A tolerance in percent is of the first of the two.
    let key_first = matches!(
        &comparison,
        Comparison::Number(NumberRules {
            tolerance: Tolerance::Percent(_),
            ..
        })
    );
    let (variable, key) = match (one.name.as_str(), other.name.as_str()) {
        ("variable", _) if !key_first => (one, other),
        (_, "variable") => (other, one),
        _ => return Err(unsupported()),
    };
    let response = name(variable)?;
    let key = match key.name.as_str() {
        "correct" if name(key)? == response => None,
        _ => Some(constants(key).ok_or_else(unsupported)?),
    };
    Ok(Test {
        response,
        comparison,
        key,
    })
}

/// The texts of a constant: a base value, or several.
fn constants(element: &Element) -> Option<Vec<String>> {
    match element.name.as_str() {
        "base-value" => Some(vec![element.text().trim().to_owned()]),
        "multiple" | "ordered" => {
            let values: Option<Vec<_>> = element.elements().map(constants).collect();
            Some(values?.concat())
        }
        _ => None,
    }
}

/// Several texts that are as good as each other.
fn one_of(condition: &Element) -> Result<Test<'_>, Refusal> {
    let unsupported = || condition.refuse(RefusalCode::UnsupportedScoring);
    let tests = condition.elements().map(test).collect::<Result<Vec<_>, _>>()?;
    let mut tests = tests.into_iter();
    let first = tests.next().ok_or_else(unsupported)?;
    let mut keys = Vec::new();
    for other in tests {
        match other.key {
            Some(key)
                if key.len() == 1
                    && other.response == first.response
                    && other.comparison == first.comparison =>
            {
                keys.extend(key);
            }
            _ => return Err(unsupported()),
        }
    }
    match first.key {
        Some(key) => either(condition, first.response, [key, keys].concat(), first.comparison),
        None => variants(condition, Test { key: None, ..first }, keys),
    }
}

fn either<'a>(
    condition: &Element,
    response: &'a str,
    keys: Vec<String>,
    comparison: Comparison,
) -> Result<Test<'a>, Refusal> {
    let mut keys = keys.into_iter();
    let key = keys.next().map(|key| vec![key]);
    variants(
        condition,
        Test {
            response,
            comparison,
            key,
        },
        keys.collect(),
    )
}

/// The same test with other keys that are as good. Only texts have such.
fn variants<'a>(condition: &Element, mut test: Test<'a>, keys: Vec<String>) -> Result<Test<'a>, Refusal> {
    if keys.is_empty() {
        return Ok(test);
    }
    let mut rules = match test.comparison {
        Comparison::Text(rules) => rules,
        Comparison::Exact => TextRules {
            ignore_case: false,
            ..TextRules::default()
        },
        Comparison::Number(_) => return Err(condition.refuse(RefusalCode::UnsupportedScoring)),
    };
    rules.variants.extend(keys);
    test.comparison = Comparison::Text(rules);
    Ok(test)
}

fn number(condition: &Element) -> Result<NumberRules, Refusal> {
    let unsupported = || condition.refuse(RefusalCode::UnsupportedScoring);
    let tolerance = if condition.name == "equal-rounded" {
        if condition
            .attribute("rounding-mode")
            .unwrap_or("significantFigures")
            != "significantFigures"
        {
            return Err(unsupported());
        }
        let figures = condition
            .attribute("figures")
            .and_then(|figures| figures.parse().ok());
        Tolerance::SignificantFigures(figures.ok_or_else(unsupported)?)
    } else {
        let by = || {
            let both = condition.attribute("tolerance").unwrap_or_default();
            let mut both = both.split_whitespace();
            let one = both.next()?;
            both.next()
                .is_none_or(|other| other == one)
                .then(|| decimal(one))?
        };
        let includes =
            condition.flag("include-lower-bound", true) && condition.flag("include-upper-bound", true);
        match condition.attribute("tolerance-mode").unwrap_or("exact") {
            "exact" => Tolerance::Exact,
            "absolute" if includes => Tolerance::Absolute(by().ok_or_else(unsupported)?),
            "relative" if includes => Tolerance::Percent(by().ok_or_else(unsupported)?),
            _ => return Err(unsupported()),
        }
    };
    Ok(NumberRules {
        tolerance,
        units: Vec::new(),
    })
}

/// A number with a typed unit: a comparison, then units, each with its factor.
fn quantity(operator: &Element) -> Result<Test<'_>, Refusal> {
    let unsupported = || operator.refuse(RefusalCode::UnsupportedScoring);
    let parts: Vec<_> = operator.elements().collect();
    let (inner, units) = parts.split_first().ok_or_else(unsupported)?;
    let mut test = test(inner)?;
    let mut rules = match test.comparison {
        Comparison::Number(rules) => rules,
        Comparison::Exact => NumberRules::default(),
        Comparison::Text(_) => return Err(unsupported()),
    };
    for unit in units.chunks(2) {
        let [symbol, factor] = unit else {
            return Err(unsupported());
        };
        rules.units.push(Unit {
            symbol: symbol.text().trim().to_owned(),
            factor: decimal(&factor.text()).ok_or_else(unsupported)?,
        });
    }
    test.comparison = Comparison::Number(rules);
    Ok(test)
}

/// What stands in operators that take away what does not matter in texts, and
/// what they take away; case is left open.
fn text_operators(operator: &Element) -> Result<(&Element, TextRules), Refusal> {
    let mut rules = TextRules {
        ignore_case: false,
        ..TextRules::default()
    };
    let mut inner = operator;
    while inner.name == "custom-operator" {
        match inner.attribute("class") {
            Some(extension::WITHOUT_ACCENTS) => rules.ignore_accents = true,
            Some(extension::WITHOUT_WHITE_SPACE) => rules.white_space = WhiteSpace::Ignore,
            Some(extension::COLLAPSED_WHITE_SPACE) => {}
            _ => return Err(inner.refuse(RefusalCode::UnsupportedScoring)),
        }
        let below = inner.elements().next();
        inner = below.ok_or_else(|| inner.refuse(RefusalCode::Invalid))?;
    }
    Ok((inner, rules))
}
