//! Truth and comparison (QTI 3 §2.11.3).

use super::{
    Operator, Rounding, ToleranceMode,
    limits::Fault,
    number::{rounded, some},
    value::{Held, Scalar},
};
use crate::assessment::score::text::Normal;

/// A truth that may not be known.
type Truth = Option<bool>;

/// The truth that an operand holds.
pub(super) fn truth(value: &Held) -> Result<Truth, Fault> {
    match value.only()? {
        None => Ok(None),
        Some(Scalar::Boolean(truth)) => Ok(Some(*truth)),
        Some(_) => Err(Fault::WrongType),
    }
}

fn truths(values: &[Held]) -> Result<Vec<Truth>, Fault> {
    values.iter().map(truth).collect()
}

fn held(truth: Truth) -> Held {
    truth.map_or(Held::Null, Held::boolean)
}

/// Not, and, or: what is not known decides nothing where the others do.
pub(super) fn combined(operator: &Operator, values: &[Held]) -> Result<Held, Fault> {
    let truths = truths(values)?;
    Ok(held(match operator {
        Operator::Not => match truths.as_slice() {
            [one] => one.map(|truth| !truth),
            _ => return Err(Fault::WrongType),
        },
        Operator::And if truths.contains(&Some(false)) => Some(false),
        Operator::Or if truths.contains(&Some(true)) => Some(true),
        _ if truths.contains(&None) => None,
        _ => Some(*operator == Operator::And),
    }))
}

/// Whether from `min` to `max` hold, whatever those are that are not known.
pub(super) fn any_n(values: &[Held], min: Option<i64>, max: Option<i64>) -> Result<Held, Fault> {
    let truths = truths(values)?;
    let (Some(min), Some(max)) = (min, max) else {
        return Ok(Held::Null);
    };
    let count = |truth| i64::try_from(truths.iter().filter(|it| **it == truth).count()).unwrap_or(i64::MAX);
    let (least, open) = (count(Some(true)), count(None));
    let most = least + open;
    Ok(held(if least > max || most < min {
        Some(false)
    } else if least >= min && most <= max {
        Some(true)
    } else {
        None
    }))
}

/// Whether two values are the same, in whatever cardinality.
pub(super) fn matched(values: &[Held]) -> Result<Held, Fault> {
    let [one, other] = values else {
        return Err(Fault::WrongType);
    };
    Ok(match (one, other) {
        (Held::Null, _) | (_, Held::Null) => Held::Null,
        (Held::Single(one), Held::Single(other)) => Held::boolean(one.is(other)),
        (Held::Ordered(one), Held::Ordered(other)) => {
            Held::boolean(one.len() == other.len() && one.iter().zip(other).all(|(one, other)| one.is(other)))
        }
        (Held::Multiple(one), Held::Multiple(other)) => {
            Held::boolean(one.len() == other.len() && holds_all(one, other))
        }
        (Held::Record(one), Held::Record(other)) => Held::boolean(
            one.len() == other.len()
                && one
                    .iter()
                    .all(|(name, value)| other.get(name).is_some_and(|other| value.is(other))),
        ),
        _ => return Err(Fault::WrongType),
    })
}

/// Whether each value of `part` is in `whole`, as often as in `part`.
pub(super) fn holds_all(whole: &[Scalar], part: &[Scalar]) -> bool {
    let mut left: Vec<&Scalar> = whole.iter().collect();
    part.iter().all(|value| {
        let place = left.iter().position(|known| known.is(value));
        place.map(|place| left.swap_remove(place)).is_some()
    })
}

/// Lt, gt, lte, gte.
pub(super) fn ordered(operator: &Operator, values: &[Held]) -> Result<Held, Fault> {
    let Some([one, other]) = some(values)? else {
        return Ok(Held::Null);
    };
    let (one, other) = (one.float(), other.float());
    Ok(Held::boolean(match operator {
        Operator::Lt => one < other,
        Operator::Gt => one > other,
        Operator::Lte => one <= other,
        _ => one >= other,
    }))
}

pub(super) fn durations(operator: &Operator, values: &[Held]) -> Result<Held, Fault> {
    let seconds = |value: &Held| -> Result<Option<f64>, Fault> {
        match value.only()? {
            None => Ok(None),
            Some(Scalar::Duration(seconds)) => Ok(Some(*seconds)),
            Some(_) => Err(Fault::WrongType),
        }
    };
    let [one, other] = values else {
        return Err(Fault::WrongType);
    };
    Ok(match (seconds(one)?, seconds(other)?) {
        (Some(one), Some(other)) if *operator == Operator::DurationLt => Held::boolean(one < other),
        (Some(one), Some(other)) => Held::boolean(one >= other),
        _ => Held::Null,
    })
}

/// How near the second must be to the first.
#[derive(Debug, Clone, Copy)]
pub(super) struct Nearness {
    pub(super) mode: ToleranceMode,
    /// Below and above; none if it is not known.
    pub(super) by: Option<[f64; 2]>,
    /// Whether the bounds are within.
    pub(super) includes: [bool; 2],
}

pub(super) fn equal(nearness: Nearness, values: &[Held]) -> Result<Held, Fault> {
    let Some([one, other]) = some(values)? else {
        return Ok(Held::Null);
    };
    let (one, other) = (one.float(), other.float());
    // The bounds are within or not as people reckon, so all is held to the same figures.
    let near = fifteen(other);
    if nearness.mode == ToleranceMode::Exact {
        return Ok(Held::boolean(is(one, other)));
    }
    let Some([below, above]) = nearness.by else {
        return Ok(Held::Null);
    };
    let [lower, upper] = match nearness.mode {
        ToleranceMode::Absolute => [one - below, one + above],
        // Of a number below zero, the bound that is a larger number is the upper one.
        _ => {
            let bounds = [one - one * below / 100.0, one + one * above / 100.0];
            if one < 0.0 { [bounds[1], bounds[0]] } else { bounds }
        }
    }
    .map(fifteen);
    let [with_lower, with_upper] = nearness.includes;
    Ok(Held::boolean(
        (near > lower || (with_lower && is(near, lower)))
            && (near < upper || (with_upper && is(near, upper))),
    ))
}

/// A number to the fifteen figures that a double keeps: 0.3 and 0.1 are 0.4.
fn fifteen(number: f64) -> f64 {
    rounded(number, Rounding::SignificantFigures, 15).unwrap_or(number)
}

pub(super) fn is(one: f64, other: f64) -> bool {
    (one - other).abs() == 0.0
}

pub(super) fn equal_rounded(mode: Rounding, figures: Option<i64>, values: &[Held]) -> Result<Held, Fault> {
    let (Some([one, other]), Some(figures)) = (some(values)?, figures) else {
        return Ok(Held::Null);
    };
    let [one, other] = [one, other].map(|number| rounded(number.float(), mode, figures));
    Ok(match (one, other) {
        (Some(one), Some(other)) => Held::boolean(is(one, other)),
        _ => Held::Null,
    })
}

/// Two texts, if neither is NULL.
pub(super) fn texts(values: &[Held]) -> Result<Option<[&str; 2]>, Fault> {
    let [one, other] = values else {
        return Err(Fault::WrongType);
    };
    Ok(match (text(one)?, text(other)?) {
        (Some(one), Some(other)) => Some([one, other]),
        _ => None,
    })
}

/// A text, if it is not NULL.
pub(super) fn text(value: &Held) -> Result<Option<&str>, Fault> {
    match value.only()? {
        None => Ok(None),
        Some(Scalar::String(text)) => Ok(Some(text)),
        Some(_) => Err(Fault::WrongType),
    }
}

/// Whether two texts are the same, or the second stands in the first.
pub(super) fn string_match(values: &[Held], case_sensitive: bool, within: bool) -> Result<Held, Fault> {
    let Some([one, other]) = texts(values)? else {
        return Ok(Held::Null);
    };
    let normal = if case_sensitive {
        Normal::strict()
    } else {
        Normal::without_case()
    };
    Ok(Held::boolean(if within {
        // White space at the end of what is looked for is a part of it.
        normal.untrimmed(one).contains(&normal.untrimmed(other))
    } else {
        normal.form(one) == normal.form(other)
    }))
}
