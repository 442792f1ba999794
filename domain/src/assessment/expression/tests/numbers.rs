//! What is reckoned.

use super::*;

#[test]
fn arithmetic_stays_whole_with_whole_numbers_and_is_null_with_null() {
    use Operator::{Divide, IntegerDivide, IntegerModulus, Max, Min, Power, Product, Subtract, Sum};
    let large = || int(i64::MAX);
    come_to([
        (op(Sum, [int(1), int(2)]), int(3)),
        (op(Sum, [int(1), float("2")]), float("3")),
        (op(Sum, [floats(&["1", "2"]), int(3)]), float("6")),
        (op(Sum, [int(1), NULL]), NULL),
        (op(Sum, [large(), int(1)]), NULL),
        (op(Product, [int(2), int(3), int(4)]), int(24)),
        (op(Subtract, [int(2), int(3)]), int(-1)),
        (op(Subtract, [float("2"), int(3)]), float("-1")),
        (op(Divide, [int(1), int(4)]), float("0.25")),
        (op(Divide, [int(1), int(0)]), NULL),
        (op(Power, [int(2), int(10)]), float("1024")),
        (op(Power, [int(-1), float("0.5")]), NULL),
        (op(Power, [int(10), int(400)]), NULL),
        (op(IntegerDivide, [int(7), int(2)]), int(3)),
        (op(IntegerDivide, [int(-7), int(2)]), int(-4)),
        (op(IntegerDivide, [int(7), int(0)]), NULL),
        (op(IntegerModulus, [int(-7), int(2)]), int(1)),
        (op(IntegerModulus, [int(7), int(-2)]), int(-1)),
        (op(IntegerModulus, [int(i64::MIN), int(-1)]), NULL),
        (op(Min, [int(2), float("1.5")]), float("1.5")),
        (op(Max, [int(2), int(3)]), int(3)),
        (op(Max, [int(2), NULL]), NULL),
    ]);
}

#[test]
fn rounding_goes_as_people_round() {
    use Operator::{IntegerToFloat, Round, Truncate};
    let to = |rounding_mode, figures, number: &str| {
        let figures = IntegerRef::Value(figures);
        op(
            Operator::RoundTo {
                rounding_mode,
                figures,
            },
            [float(number)],
        )
    };
    come_to([
        (op(Round, [float("6.5")]), int(7)),
        (op(Round, [float("-6.5")]), int(-6)),
        (op(Round, [float("-6.51")]), int(-7)),
        (op(Round, [float("0.49999999999999994")]), int(0)),
        (op(Round, [float("1e30")]), NULL),
        (op(Truncate, [float("6.9")]), int(6)),
        (op(Truncate, [float("-6.9")]), int(-6)),
        (op(Truncate, [NULL]), NULL),
        (op(IntegerToFloat, [int(3)]), float("3")),
        (to(Rounding::DecimalPlaces, 2, "2.675"), float("2.68")),
        (to(Rounding::DecimalPlaces, 0, "2.5"), float("3")),
        (to(Rounding::DecimalPlaces, 2, "-2.675"), float("-2.68")),
        (to(Rounding::SignificantFigures, 3, "1234.5"), float("1230")),
        (to(Rounding::SignificantFigures, 2, "0.00455"), float("0.0046")),
        (to(Rounding::SignificantFigures, 0, "1"), NULL),
    ]);
}

#[test]
fn divisors_and_multiples_have_their_zeros() {
    use Operator::{Gcd, Lcm};
    come_to([
        (op(Gcd, [int(12), int(-18)]), int(6)),
        (op(Gcd, [int(0), int(0)]), int(0)),
        (op(Gcd, [int(0), int(7)]), int(7)),
        (op(Gcd, [int(7), NULL]), NULL),
        (op(Lcm, [int(4), int(6)]), int(12)),
        (op(Lcm, [int(4), int(0)]), int(0)),
        (op(Lcm, [int(i64::MAX), int(i64::MAX - 1)]), NULL),
    ]);
}

#[test]
fn functions_are_null_outside_of_their_domain() {
    let of = |name, number: &str| op(Operator::MathOperator { name }, [float(number)]);
    come_to([
        (of(MathFunction::Sin, "0"), float("0")),
        (of(MathFunction::Cos, "0"), float("1")),
        (of(MathFunction::Exp, "0"), float("1")),
        (of(MathFunction::Log, "1000"), float("3")),
        (of(MathFunction::Ln, "0"), NULL),
        (of(MathFunction::Log, "-1"), NULL),
        (of(MathFunction::Asin, "2"), NULL),
        (of(MathFunction::Csc, "0"), NULL),
        (of(MathFunction::Sec, "0"), float("1")),
        (of(MathFunction::Abs, "-2.5"), float("2.5")),
        (of(MathFunction::Signum, "-2.5"), float("-1")),
        (of(MathFunction::Signum, "0"), float("0")),
        (of(MathFunction::Floor, "-2.5"), int(-3)),
        (of(MathFunction::Ceil, "-2.5"), int(-2)),
        (of(MathFunction::ToDegrees, "0"), float("0")),
        (
            op(
                Operator::MathOperator {
                    name: MathFunction::Sin,
                },
                [NULL],
            ),
            NULL,
        ),
        (
            op(
                Operator::MathOperator {
                    name: MathFunction::Atan2,
                },
                [int(0), int(1)],
            ),
            float("0"),
        ),
    ]);
    for name in MathFunction::ALL
        .iter()
        .filter(|name| **name != MathFunction::Atan2)
    {
        assert!(value(&of(*name, "0.5")).is_ok(), "{name}");
    }
    let pi = value(&Expression::MathConstant(MathConstant::Pi)).unwrap();
    assert_eq!(pi, Held::float(std::f64::consts::PI));
}

#[test]
fn statistics_are_of_samples_and_of_populations() {
    let of = |name, numbers: Expression| op(Operator::StatsOperator { name }, [numbers]);
    let numbers = || floats(&["2", "4", "4", "4", "5", "5", "7", "9"]);
    come_to([
        (of(Statistic::Mean, numbers()), float("5")),
        (of(Statistic::PopVariance, numbers()), float("4")),
        (of(Statistic::PopSd, numbers()), float("2")),
        (of(Statistic::SampleVariance, floats(&["1", "3"])), float("2")),
        (of(Statistic::SampleSd, floats(&["1"])), NULL),
        (of(Statistic::Mean, NULL), NULL),
    ]);
}
