//! The functions of formulas, by name.

use crate::assessment::{MathFunction, Operator, Rounding};

/// A function that is an operator by itself.
const PLAIN: &[(&str, Operator)] = &[
    ("round", Operator::Round),
    ("truncate", Operator::Truncate),
    ("float", Operator::IntegerToFloat),
    ("min", Operator::Min),
    ("max", Operator::Max),
    ("sum", Operator::Sum),
    ("product", Operator::Product),
    ("gcd", Operator::Gcd),
    ("lcm", Operator::Lcm),
    ("same", Operator::Match),
];

/// A power of a half.
pub(super) const ROOT: &str = "sqrt";
pub(super) const HALF: &str = "0.5";

/// The operator of that name.
pub(super) fn operator(name: &str) -> Option<Operator> {
    let plain = PLAIN.iter().find(|(known, _)| *known == name);
    let function = || {
        let found = MathFunction::ALL.iter().find(|it| it.as_str() == name)?;
        Some(Operator::MathOperator { name: *found })
    };
    plain.map(|(_, operator)| operator.clone()).or_else(function)
}

/// The name of an operator that is a function.
pub(super) fn name(operator: &Operator) -> Option<&'static str> {
    match operator {
        Operator::MathOperator { name } => Some(name.as_str()),
        _ => PLAIN
            .iter()
            .find(|(_, known)| known == operator)
            .map(|(name, _)| *name),
    }
}

/// What the function of that name rounds by, if it takes the number of figures as
/// its second value.
pub(super) fn rounding(name: &str) -> Option<Rounding> {
    match name {
        "round" => Some(Rounding::DecimalPlaces),
        "figures" => Some(Rounding::SignificantFigures),
        _ => None,
    }
}

/// The function that rounds so.
pub(super) const fn rounding_name(rounding: Rounding) -> &'static str {
    match rounding {
        Rounding::DecimalPlaces => "round",
        Rounding::SignificantFigures => "figures",
    }
}
