//! Functions of mathematics and statistics. They are those of `libm`, so that
//! every machine gives the same last digit; outside of their domain they are NULL.

use super::{
    MathConstant, MathFunction, Statistic,
    limits::Fault,
    number::{all, some},
    value::{Held, float, integer},
};

pub(super) const fn constant(name: MathConstant) -> f64 {
    match name {
        MathConstant::Pi => std::f64::consts::PI,
        MathConstant::E => std::f64::consts::E,
    }
}

pub(super) fn function(name: MathFunction, values: &[Held]) -> Result<Held, Fault> {
    if name == MathFunction::Atan2 {
        let Some([y, x]) = some(values)? else {
            return Ok(Held::Null);
        };
        return Ok(Held::float(libm::atan2(y.float(), x.float())));
    }
    let Some([number]) = some(values)? else {
        return Ok(Held::Null);
    };
    let x = number.float();
    Ok(match name {
        MathFunction::Floor => Held::integer(integer(libm::floor(x))),
        MathFunction::Ceil => Held::integer(integer(libm::ceil(x))),
        MathFunction::Signum if x == 0.0 => Held::float(0.0),
        _ => Held::float(of(name, x)),
    })
}

fn of(name: MathFunction, x: f64) -> f64 {
    match name {
        MathFunction::Sin => libm::sin(x),
        MathFunction::Cos => libm::cos(x),
        MathFunction::Tan => libm::tan(x),
        MathFunction::Sec => 1.0 / libm::cos(x),
        MathFunction::Csc => 1.0 / libm::sin(x),
        MathFunction::Cot => 1.0 / libm::tan(x),
        MathFunction::Asin => libm::asin(x),
        MathFunction::Acos => libm::acos(x),
        MathFunction::Atan => libm::atan(x),
        MathFunction::Asec => libm::acos(1.0 / x),
        MathFunction::Acsc => libm::asin(1.0 / x),
        MathFunction::Acot => libm::atan(1.0 / x),
        MathFunction::Sinh => libm::sinh(x),
        MathFunction::Cosh => libm::cosh(x),
        MathFunction::Tanh => libm::tanh(x),
        MathFunction::Sech => 1.0 / libm::cosh(x),
        MathFunction::Csch => 1.0 / libm::sinh(x),
        MathFunction::Coth => 1.0 / libm::tanh(x),
        MathFunction::Log => libm::log10(x),
        MathFunction::Ln => libm::log(x),
        MathFunction::Exp => libm::exp(x),
        MathFunction::Abs => x.abs(),
        MathFunction::Signum => x.signum(),
        MathFunction::ToDegrees => x.to_degrees(),
        MathFunction::ToRadians => x.to_radians(),
        // They were taken before.
        MathFunction::Atan2 | MathFunction::Floor | MathFunction::Ceil => f64::NAN,
    }
}

pub(super) fn statistic(name: Statistic, values: &[Held]) -> Result<Held, Fault> {
    if !values
        .iter()
        .all(|value| matches!(value, Held::Null | Held::Multiple(_) | Held::Ordered(_)))
    {
        return Err(Fault::WrongType);
    }
    let Some(numbers) = all(values)? else {
        return Ok(Held::Null);
    };
    let count = float(i64::try_from(numbers.len()).unwrap_or(i64::MAX));
    let mean = numbers.iter().map(|number| number.float()).sum::<f64>() / count;
    let squares: f64 = numbers
        .iter()
        .map(|number| (number.float() - mean) * (number.float() - mean))
        .sum();
    Ok(Held::float(match name {
        Statistic::Mean => mean,
        // Of one number alone there is none: 0 by 0.
        Statistic::SampleVariance => squares / (count - 1.0),
        Statistic::SampleSd => libm::sqrt(squares / (count - 1.0)),
        Statistic::PopVariance => squares / count,
        Statistic::PopSd => libm::sqrt(squares / count),
    }))
}
