//! Arithmetic (QTI 3 §2.11.3).

use std::num::NonZeroU64;

use bigdecimal::{BigDecimal, RoundingMode};

use super::{
    Operator, Rounding,
    limits::Fault,
    value::{Held, Scalar, float, integer},
};

/// A number of either type.
#[derive(Debug, Clone, Copy)]
pub(super) enum Number {
    Whole(i64),
    Float(f64),
}

impl Number {
    fn of(scalar: &Scalar) -> Result<Self, Fault> {
        match scalar {
            Scalar::Integer(number) => Ok(Self::Whole(*number)),
            Scalar::Float(number) => Ok(Self::Float(*number)),
            _ => Err(Fault::WrongType),
        }
    }

    pub(super) const fn float(self) -> f64 {
        match self {
            Self::Whole(number) => float(number),
            Self::Float(number) => number,
        }
    }
}

/// The numbers in these, of any cardinality; none if one of them is NULL.
pub(super) fn all(values: &[Held]) -> Result<Option<Vec<Number>>, Fault> {
    let mut numbers = Vec::new();
    let mut has_null = false;
    for value in values {
        if matches!(value, Held::Record(_)) {
            return Err(Fault::WrongType);
        }
        has_null |= value.is_null();
        for scalar in value.values() {
            numbers.push(Number::of(scalar)?);
        }
    }
    Ok((!has_null).then_some(numbers))
}

/// So many single numbers; none if one of them is NULL.
pub(super) fn some<const N: usize>(values: &[Held]) -> Result<Option<[Number; N]>, Fault> {
    if values.iter().any(|value| value.only().is_err()) {
        return Err(Fault::WrongType);
    }
    match all(values)? {
        None => Ok(None),
        Some(numbers) => numbers.try_into().map(Some).map_err(|_| Fault::WrongType),
    }
}

/// The whole numbers among these; a fault if one is not whole by type.
fn whole(numbers: &[Number]) -> Result<Vec<i64>, Fault> {
    let whole = numbers.iter().map(|number| match number {
        Number::Whole(number) => Ok(*number),
        Number::Float(_) => Err(Fault::WrongType),
    });
    whole.collect()
}

pub(super) fn apply(operator: &Operator, values: &[Held]) -> Result<Held, Fault> {
    match operator {
        Operator::Sum | Operator::Product | Operator::Min | Operator::Max => {
            let Some(numbers) = all(values)? else {
                return Ok(Held::Null);
            };
            Ok(folded(operator, &numbers))
        }
        Operator::Gcd | Operator::Lcm => {
            let Some(numbers) = all(values)? else {
                return Ok(Held::Null);
            };
            let whole = whole(&numbers)?;
            Ok(Held::integer(if *operator == Operator::Gcd {
                gcd(&whole)
            } else {
                lcm(&whole)
            }))
        }
        Operator::Truncate | Operator::Round | Operator::IntegerToFloat => {
            let Some([number]) = some(values)? else {
                return Ok(Held::Null);
            };
            match (operator, number) {
                (Operator::IntegerToFloat, Number::Whole(number)) => Ok(Held::float(float(number))),
                (Operator::IntegerToFloat, Number::Float(_)) => Err(Fault::WrongType),
                (_, Number::Whole(number)) => Ok(Held::integer(Some(number))),
                (Operator::Round, Number::Float(number)) => Ok(Held::integer(integer(half_up(number)))),
                (_, Number::Float(number)) => Ok(Held::integer(integer(libm::trunc(number)))),
            }
        }
        _ => {
            let Some([one, other]) = some(values)? else {
                return Ok(Held::Null);
            };
            binary(operator, one, other)
        }
    }
}

fn binary(operator: &Operator, one: Number, other: Number) -> Result<Held, Fault> {
    Ok(match (operator, one, other) {
        (Operator::Subtract, Number::Whole(one), Number::Whole(other)) => {
            Held::integer(one.checked_sub(other))
        }
        (Operator::Subtract, one, other) => Held::float(one.float() - other.float()),
        (Operator::Divide, one, other) => Held::float(one.float() / other.float()),
        (Operator::Power, one, other) => Held::float(libm::pow(one.float(), other.float())),
        (Operator::IntegerDivide, Number::Whole(one), Number::Whole(other)) => {
            Held::integer(floor_divide(one, other))
        }
        (Operator::IntegerModulus, Number::Whole(one), Number::Whole(other)) => {
            let left = floor_divide(one, other)
                .and_then(|times| times.checked_mul(other))
                .and_then(|product| one.checked_sub(product));
            Held::integer(left)
        }
        _ => return Err(Fault::WrongType),
    })
}

/// Rounded down; none if the divisor is zero.
fn floor_divide(one: i64, other: i64) -> Option<i64> {
    let quotient = one.checked_div(other)?;
    let is_exact = one.checked_rem(other)? == 0;
    if !is_exact && ((one < 0) != (other < 0)) {
        quotient.checked_sub(1)
    } else {
        Some(quotient)
    }
}

fn folded(operator: &Operator, numbers: &[Number]) -> Held {
    if let Ok(whole) = whole(numbers) {
        let mut whole = whole.into_iter();
        return Held::integer(match operator {
            Operator::Sum => whole.try_fold(0_i64, i64::checked_add),
            Operator::Product => whole.try_fold(1_i64, i64::checked_mul),
            Operator::Min => whole.min(),
            _ => whole.max(),
        });
    }
    let floats = numbers.iter().map(|number| number.float());
    Held::float(match operator {
        Operator::Sum => floats.sum(),
        Operator::Product => floats.product(),
        Operator::Min => floats.fold(f64::INFINITY, f64::min),
        _ => floats.fold(f64::NEG_INFINITY, f64::max),
    })
}

/// Of those that are not zero; 0 if all are.
fn gcd(numbers: &[i64]) -> Option<i64> {
    let divisor = numbers
        .iter()
        .fold(0, |divisor, number| common(divisor, number.unsigned_abs()));
    i64::try_from(divisor).ok()
}

fn common(mut one: u64, mut other: u64) -> u64 {
    while other != 0 {
        (one, other) = (other, one % other);
    }
    one
}

/// 0 if one of them is.
fn lcm(numbers: &[i64]) -> Option<i64> {
    let mut multiple = 1_u64;
    for number in numbers.iter().map(|number| number.unsigned_abs()) {
        if number == 0 {
            return Some(0);
        }
        multiple = multiple.checked_mul(number / common(multiple, number))?;
    }
    i64::try_from(multiple).ok()
}

/// To the nearest whole number, halves up.
fn half_up(number: f64) -> f64 {
    let floor = libm::floor(number);
    // The difference is exact, where `number + 0.5` may not be.
    if number - floor >= 0.5 { floor + 1.0 } else { floor }
}

/// To so many figures, halves away from zero; none where so many cannot be.
pub(in crate::assessment) fn rounded(number: f64, mode: Rounding, figures: i64) -> Option<f64> {
    let least = i64::from(mode == Rounding::SignificantFigures);
    if !(least..=MOST_FIGURES).contains(&figures) {
        return None;
    }
    if number == 0.0 {
        return Some(0.0);
    }
    // The shortest decimal that stands for it.
    let exact: BigDecimal = format!("{number:e}").parse().ok()?;
    let rounded = match mode {
        Rounding::DecimalPlaces => exact.with_scale_round(figures, RoundingMode::HalfUp),
        Rounding::SignificantFigures => {
            let figures = NonZeroU64::new(u64::try_from(figures).ok()?)?;
            exact.with_precision_round(figures, RoundingMode::HalfUp)
        }
    };
    let rounded: f64 = rounded.to_string().parse().ok()?;
    rounded.is_finite().then_some(rounded)
}

/// A double has no more that mean something, and there are few with so many zeros.
const MOST_FIGURES: i64 = 330;
