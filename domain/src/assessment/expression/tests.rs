//! Each operator by the standard's wording, and all of them by chance.

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

#[test]
fn and_or_not_decide_where_what_is_known_is_enough() {
    use Operator::{And, Not, Or};
    come_to([
        (op(And, [truth(true), truth(true)]), truth(true)),
        (op(And, [truth(true), NULL]), NULL),
        (op(And, [truth(false), NULL]), truth(false)),
        (op(Or, [truth(false), NULL]), NULL),
        (op(Or, [truth(true), NULL]), truth(true)),
        (op(Or, [truth(false), truth(false)]), truth(false)),
        (op(Not, [truth(false)]), truth(true)),
        (op(Not, [NULL]), NULL),
    ]);
}

#[test]
fn any_n_decides_as_soon_as_the_open_ones_cannot_change_it() {
    let any = |of: [Expression; 4]| {
        let (min, max) = (IntegerRef::Value(3), IntegerRef::Value(4));
        op(Operator::AnyN { min, max }, of)
    };
    let (yes, no) = (|| truth(true), || truth(false));
    come_to([
        (any([yes(), yes(), no(), NULL]), NULL),
        (any([yes(), no(), no(), NULL]), no()),
        (any([yes(), yes(), yes(), NULL]), yes()),
    ]);
}

#[test]
fn containers_take_in_values_and_pass_over_what_is_null() {
    use Operator::{ContainerSize, Contains, Delete, IsNull, Member, Multiple, Ordered};
    come_to([
        (op(Multiple, [id("A"), id("B"), set("CD")]), set("ABCD")),
        (op(Multiple, [NULL, id("A")]), set("A")),
        (op(Multiple, [NULL, NULL]), NULL),
        (op(Ordered, []), NULL),
        (op(ContainerSize, [NULL]), int(0)),
        (op(ContainerSize, [set("ABA")]), int(3)),
        (op(IsNull, [text("")]), truth(true)),
        (op(IsNull, [op(Multiple, [])]), truth(true)),
        (op(IsNull, [int(0)]), truth(false)),
        (
            op(
                Operator::Index {
                    n: IntegerRef::Value(2),
                },
                [row("ABC")],
            ),
            id("B"),
        ),
        (
            op(
                Operator::Index {
                    n: IntegerRef::Value(4),
                },
                [row("ABC")],
            ),
            NULL,
        ),
        (
            op(
                Operator::Index {
                    n: IntegerRef::Value(0),
                },
                [row("ABC")],
            ),
            NULL,
        ),
        (op(Delete, [id("A"), row("BACA")]), row("BC")),
        (op(Delete, [id("A"), row("AA")]), NULL),
        (op(Delete, [NULL, row("A")]), NULL),
        (op(Member, [id("A"), set("BA")]), truth(true)),
        (op(Member, [id("C"), row("BA")]), truth(false)),
        (op(Member, [id("C"), NULL]), NULL),
        (op(Contains, [set("ABC"), set("CA")]), truth(true)),
        (op(Contains, [set("ABC"), set("BB")]), truth(false)),
        (op(Contains, [set("ABBC"), set("BB")]), truth(true)),
        (op(Contains, [row("ABC"), row("CA")]), truth(false)),
        (op(Contains, [row("ABC"), row("BC")]), truth(true)),
        (op(Contains, [row("ABC"), NULL]), NULL),
        (
            op(
                Operator::Repeat {
                    number_repeats: IntegerRef::Value(2),
                },
                [id("A"), row("BC"), NULL],
            ),
            row("ABCABC"),
        ),
        (
            op(
                Operator::Repeat {
                    number_repeats: IntegerRef::Value(0),
                },
                [id("A")],
            ),
            NULL,
        ),
        (
            op(
                Operator::Repeat {
                    number_repeats: IntegerRef::Value(3),
                },
                [NULL],
            ),
            NULL,
        ),
    ]);
}

#[test]
fn a_record_gives_its_fields() {
    let mut variable = Variable::new(Cardinality::Record, BaseType::String, Held::Null);
    variable.value = Held::Record(BTreeMap::from([(name("unit"), Scalar::String("m".to_owned()))]));
    let mut machine = Machine::new(Scope::from([(name("R"), variable)]));
    let mut field = |field: &str| {
        let field_identifier = name(field);
        machine.value(&op(
            Operator::FieldValue { field_identifier },
            [Expression::Variable(name("R"))],
        ))
    };
    assert_eq!(field("unit"), value(&text("m")));
    assert_eq!(field("other"), Ok(Held::Null));
}

#[test]
fn match_asks_for_the_same_values_in_any_order_but_for_ordered_ones() {
    use Operator::Match;
    let pair = |one, other| Expression::BaseValue(Literal::Pair([name(one), name(other)].into()));
    let directed = |one, other| Expression::BaseValue(Literal::DirectedPair([name(one), name(other)].into()));
    come_to([
        (op(Match, [set("AB"), set("BA")]), truth(true)),
        (op(Match, [set("AAB"), set("ABB")]), truth(false)),
        (op(Match, [row("AB"), row("BA")]), truth(false)),
        (op(Match, [row("AB"), NULL]), NULL),
        (op(Match, [pair("A", "B"), pair("B", "A")]), truth(true)),
        (op(Match, [directed("A", "B"), directed("B", "A")]), truth(false)),
        (op(Match, [text("don’t "), text("don't")]), truth(true)),
    ]);
    assert_eq!(value(&op(Match, [set("A"), row("A")])), Err(Fault::WrongType));
}

#[test]
fn texts_are_compared_with_and_without_case_whole_or_in_part() {
    let string_match = |case_sensitive, substring, of| {
        op(
            Operator::StringMatch {
                case_sensitive,
                substring,
            },
            of,
        )
    };
    let substring = |case_sensitive, of| op(Operator::Substring { case_sensitive }, of);
    let pattern = |pattern: &str, of| {
        op(
            Operator::PatternMatch {
                pattern: pattern.to_owned(),
            },
            [of],
        )
    };
    come_to([
        (
            string_match(true, false, [text("York"), text("york")]),
            truth(false),
        ),
        (
            string_match(false, false, [text("York"), text("york")]),
            truth(true),
        ),
        (
            string_match(false, true, [text("New York"), text("york")]),
            truth(true),
        ),
        (string_match(true, false, [NULL, text("york")]), NULL),
        (substring(false, [text("Hell"), text("Shell")]), truth(true)),
        (substring(true, [text("Hell"), text("Shell")]), truth(false)),
        (substring(true, [text("Shell"), NULL]), NULL),
        (pattern("[0-9]+", text("12")), truth(true)),
        (pattern("[0-9]+", text("12 m")), truth(false)),
        (pattern("a", NULL), NULL),
    ]);
}

#[test]
fn equality_goes_by_its_tolerance_and_its_bounds() {
    use ToleranceMode::{Absolute, Exact, Relative};
    let equal = |mode, by: &[&str], includes: [bool; 2], of: [&str; 2]| {
        let operator = Operator::Equal {
            tolerance_mode: mode,
            tolerance: by
                .iter()
                .map(|text| FloatRef::Value(text.parse().unwrap()))
                .collect(),
            include_lower_bound: includes[0],
            include_upper_bound: includes[1],
        };
        op(operator, of.map(float))
    };
    let both = [true, true];
    come_to([
        (equal(Exact, &[], both, ["2", "2.0"]), truth(true)),
        (equal(Absolute, &["0.1"], both, ["0.3", "0.4"]), truth(true)),
        (
            equal(Absolute, &["0.1"], [true, false], ["0.3", "0.4"]),
            truth(false),
        ),
        (
            equal(Absolute, &["0.1"], [false, true], ["0.3", "0.2"]),
            truth(false),
        ),
        (equal(Absolute, &["0", "5"], both, ["10", "15"]), truth(true)),
        (equal(Absolute, &["0", "5"], both, ["10", "9.9"]), truth(false)),
        (equal(Relative, &["5"], both, ["100", "105"]), truth(true)),
        (equal(Relative, &["5"], both, ["-100", "-105"]), truth(true)),
        (equal(Relative, &["5"], both, ["100", "106"]), truth(false)),
    ]);
    let rounded = |rounding_mode, figures, of: [&str; 2]| {
        let figures = IntegerRef::Value(figures);
        op(
            Operator::EqualRounded {
                rounding_mode,
                figures,
            },
            of.map(float),
        )
    };
    come_to([
        (
            rounded(Rounding::SignificantFigures, 3, ["3.175", "3.183"]),
            truth(true),
        ),
        (
            rounded(Rounding::SignificantFigures, 3, ["3.175", "3.1749"]),
            truth(false),
        ),
        (
            rounded(Rounding::DecimalPlaces, 2, ["1.68572", "1.69"]),
            truth(true),
        ),
        (
            rounded(Rounding::DecimalPlaces, 2, ["1.68572", "1.68432"]),
            truth(false),
        ),
        (rounded(Rounding::SignificantFigures, 0, ["1", "1"]), NULL),
    ]);
}

#[test]
fn numbers_are_ordered_and_so_are_durations() {
    use Operator::{DurationGte, DurationLt, Gt, Gte, Lt, Lte};
    come_to([
        (op(Lt, [int(1), float("1.5")]), truth(true)),
        (op(Gt, [int(1), int(1)]), truth(false)),
        (op(Lte, [int(1), int(1)]), truth(true)),
        (op(Gte, [int(1), NULL]), NULL),
        (op(DurationLt, [seconds("1"), seconds("2")]), truth(true)),
        (op(DurationGte, [seconds("2"), seconds("2")]), truth(true)),
        (op(DurationGte, [seconds("2"), NULL]), NULL),
    ]);
    assert_eq!(value(&op(Lt, [int(1), seconds("2")])), Err(Fault::WrongType));
}

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

#[test]
fn an_area_holds_its_edge() {
    let place = |x, y| Expression::BaseValue(Literal::Point([x, y]));
    let inside = |area: Area, x, y| op(Operator::Inside { area }, [place(x, y)]);
    let triangle = || Area::Poly(vec![[0, 0], [10, 0], [0, 10]]);
    come_to([
        (inside(Area::Rect([0, 0, 10, 10]), 10, 5), truth(true)),
        (inside(Area::Rect([0, 0, 10, 10]), 11, 5), truth(false)),
        (inside(Area::Circle([0, 0, 5]), 3, 4), truth(true)),
        (inside(Area::Circle([0, 0, 5]), 4, 4), truth(false)),
        (inside(Area::Ellipse([0, 0, 10, 5]), 10, 0), truth(true)),
        (inside(Area::Ellipse([0, 0, 10, 5]), 0, 6), truth(false)),
        (inside(triangle(), 2, 2), truth(true)),
        (inside(triangle(), 5, 5), truth(true)),
        (inside(triangle(), 6, 6), truth(false)),
        (inside(Area::Default, -7, 9), truth(true)),
        (op(Operator::Inside { area: Area::Default }, [NULL]), NULL),
    ]);
    let several = op(Operator::Multiple, [place(50, 50), place(1, 1)]);
    assert_eq!(
        value(&op(Operator::Inside { area: triangle() }, [several])),
        Ok(Held::boolean(true))
    );
}

#[test]
fn chance_comes_from_the_seed_alone_and_stays_in_its_range() {
    let draw = |expression: &Expression, seed| {
        Machine::with_chance(Scope::new(), Seed(seed).rng("test")).value(expression)
    };
    let by = |min, max, step| Expression::RandomInteger {
        min: IntegerRef::Value(min),
        max: IntegerRef::Value(max),
        step: IntegerRef::Value(step),
    };
    let steps = by(2, 11, 3);
    let mut seen = std::collections::BTreeSet::new();
    for seed in 0..100 {
        let drawn = draw(&steps, seed).unwrap();
        assert_eq!(Ok(drawn.clone()), draw(&steps, seed));
        seen.insert(drawn.values()[0].as_integer().unwrap());
    }
    assert_eq!(seen.into_iter().collect::<Vec<_>>(), [2, 5, 8, 11]);
    assert_eq!(draw(&by(2, 1, 1), 0), Ok(Held::Null));
    assert_eq!(draw(&by(1, 2, 0), 0), Ok(Held::Null));
    assert_eq!(value(&steps), Err(Fault::NoChance));
    let float = Expression::RandomFloat {
        min: FloatRef::Value("-0.5".parse().unwrap()),
        max: FloatRef::Value("0.5".parse().unwrap()),
    };
    for seed in 0..100 {
        let drawn = draw(&float, seed).unwrap().values()[0].as_float().unwrap();
        assert!((-0.5..=0.5).contains(&drawn));
    }
    let picked = draw(&op(Operator::Random, [set("ABC")]), 1).unwrap();
    assert!(matches!(picked, Held::Single(Scalar::Identifier(_))));
    assert_eq!(draw(&op(Operator::Random, [NULL]), 1), Ok(Held::Null));
}

#[test]
fn whoever_asks_too_much_is_stopped() {
    let repeat = |times, of| {
        let number_repeats = IntegerRef::Value(times);
        op(Operator::Repeat { number_repeats }, [of])
    };
    assert_eq!(value(&repeat(i64::MAX, int(1))), Err(Fault::TooLarge));
    assert_eq!(value(&repeat(i64::MAX, NULL)), Err(Fault::TooManySteps));
    let mut deep = int(1);
    for _ in 0..30 {
        deep = op(Operator::Sum, [deep]);
    }
    assert_eq!(value(&deep), Err(Fault::TooDeep));
    let pattern = "[a-c".to_owned();
    assert_eq!(
        value(&op(Operator::PatternMatch { pattern }, [text("a")])),
        Err(Fault::BadPattern)
    );
}

#[test]
fn an_expression_reads_as_it_was_written() {
    let json = json!({ "operation": { "operator": { "anyN": { "min": 1, "max": "B" } }, "of": [
        { "operation": { "operator": "gt", "of": [{ "variable": "A" }, { "baseValue": { "float": "1.50" } }] } },
        "null",
    ] } });
    let expression: Expression = serde_json::from_value(json.clone()).unwrap();
    assert_eq!(serde_json::to_value(&expression).unwrap(), json);
    let unknown = json!({ "randomInteger": { "min": 1, "max": 2, "step": 1, "seed": 3 } });
    assert!(serde_json::from_value::<Expression>(unknown).is_err());
    let custom = json!({ "operation": { "operator": "customOperator", "of": [] } });
    assert!(serde_json::from_value::<Expression>(custom).is_err());
}

/// The problems of an expression over the sample's variables.
fn problems(expression: &Expression) -> Vec<crate::assessment::Problem> {
    let mut checker = Checker::default();
    let mut types = Types::new(declared(), true);
    types.kind(&mut checker, "rule", expression, 0);
    checker.found()
}

fn declared() -> BTreeMap<crate::assessment::Identifier, Declared> {
    scope()
        .into_iter()
        .map(|(name, variable)| {
            let declared = Declared {
                cardinality: variable.cardinality,
                base_type: variable.base_type,
                is_response: true,
                has_mapping: false,
            };
            (name, declared)
        })
        .collect()
}

fn scope() -> Scope<'static> {
    let names = || vec![Scalar::Identifier(name("A")), Scalar::Identifier(name("B"))];
    let variables = [
        (
            "A",
            Cardinality::Single,
            BaseType::Integer,
            Held::Single(Scalar::Integer(3)),
        ),
        ("B", Cardinality::Single, BaseType::Float, Held::float(2.5)),
        (
            "MANY",
            Cardinality::Multiple,
            BaseType::Identifier,
            Held::Multiple(names()),
        ),
        (
            "ROW",
            Cardinality::Ordered,
            BaseType::Identifier,
            Held::Ordered(names()),
        ),
        (
            "TEXT",
            Cardinality::Single,
            BaseType::String,
            Held::Single(Scalar::String("ab".to_owned())),
        ),
        (
            "TRUE",
            Cardinality::Single,
            BaseType::Boolean,
            Held::boolean(true),
        ),
    ];
    let variables = variables
        .into_iter()
        .map(|(text, cardinality, base, held)| (name(text), Variable::new(cardinality, base, held)));
    variables.collect()
}

#[test]
fn a_wrong_operand_is_named_with_its_place() {
    let variable = |text: &str| Expression::Variable(name(text));
    let wrong = op(
        Operator::And,
        [truth(true), op(Operator::Sum, [variable("A"), variable("TEXT")])],
    );
    let found: Vec<_> = problems(&wrong).into_iter().map(|problem| problem.path).collect();
    assert_eq!(found, ["rule.operation.of[1].operation.of[1]"]);
    assert!(!problems(&op(Operator::Gcd, [variable("B")])).is_empty());
    assert!(!problems(&op(Operator::Not, [])).is_empty());
    assert!(!problems(&op(Operator::Match, [variable("MANY"), variable("ROW")])).is_empty());
    assert!(!problems(&variable("NOBODY")).is_empty());
    assert_eq!(
        problems(&op(Operator::Sum, [variable("A"), variable("B"), NULL])),
        []
    );
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(2_000))]

    #[test]
    fn no_expression_panics_or_runs_away(expression in sample::any_expression(), seed: i64) {
        let value = |seed| Machine::with_chance(scope(), Seed(seed).rng("test")).value(&expression);
        let first = value(seed);
        if let Ok(held) = &first {
            prop_assert!(held.values().iter().all(|scalar| scalar.as_float().is_none_or(f64::is_finite)));
        }
        prop_assert_eq!(first, value(seed), "the same seed gives the same");
    }

    #[test]
    fn what_is_found_right_meets_no_wrong_type(expression in sample::any_expression(), seed: i64) {
        let is_right = problems(&expression).is_empty();
        let value = Machine::with_chance(scope(), Seed(seed).rng("test")).value(&expression);
        if is_right {
            prop_assert!(!matches!(
                value,
                Err(Fault::WrongType | Fault::UnknownVariable | Fault::NoMapping | Fault::BadPattern | Fault::TooDeep)
            ), "{:?}", value);
        }
    }

    #[test]
    fn an_expression_is_the_same_after_json_and_back(expression in sample::any_expression()) {
        let json = serde_json::to_string(&expression).unwrap();
        prop_assert_eq!(serde_json::from_str::<Expression>(&json).unwrap(), expression);
    }
}

#[test]
fn tolerances_reckon_in_decimals_in_both_modes() {
    let near = |mode, tolerance: &str, one: Expression, other: Expression| {
        let operator = Operator::Equal {
            tolerance_mode: mode,
            tolerance: vec![FloatRef::Value(tolerance.parse().unwrap())],
            include_lower_bound: true,
            include_upper_bound: true,
        };
        op(operator, [one, other])
    };
    let third = || op(Operator::Divide, [int(1), int(3)]);
    let at = |one: &str, other: &str| near(ToleranceMode::Relative, "10", float(one), float(other));
    come_to([
        (at("0.3", "0.33"), truth(true)),
        (at("0.3", "0.27"), truth(true)),
        (at("0.3", "0.3301"), truth(false)),
        (at("-0.3", "-0.33"), truth(true)),
        (near(ToleranceMode::Absolute, "0", third(), third()), truth(true)),
        (near(ToleranceMode::Relative, "0", third(), third()), truth(true)),
    ]);
}

#[test]
fn white_space_that_is_looked_for_is_not_taken_off() {
    let within = |part: &str, whole: &str| {
        let operator = Operator::Substring { case_sensitive: true };
        op(operator, [text(part), text(whole)])
    };
    come_to([
        (within(" cat", "a cat"), truth(true)),
        (within(" cat", "concat"), truth(false)),
        (within("cat ", "a cat"), truth(false)),
    ]);
}

#[test]
fn an_area_without_a_radius_is_its_centre() {
    for area in [
        Area::Ellipse([5, 5, 0, 0]),
        Area::Ellipse([5, 5, 0, 9]),
        Area::Ellipse([5, 5, -3, 4]),
        Area::Circle([5, 5, 0]),
        Area::Circle([5, 5, -4]),
    ] {
        assert!(area.holds([5, 5]), "{area:?}");
        assert!(!area.holds([5, 6]) && !area.holds([6, 5]), "{area:?}");
    }
}

#[test]
fn a_pattern_meets_an_answer_as_it_was_typed_and_all_else_what_it_means() {
    let typed = |answer: &str| {
        let value = crate::assessment::Value::Text(answer.to_owned());
        Held::of_value(&value, Cardinality::Single, BaseType::String)
    };
    let holds = |answer: &str, expression: &Expression| {
        let variable = Variable::new(Cardinality::Single, BaseType::String, typed(answer));
        Machine::new(Scope::from([(name("A"), variable)])).value(expression)
    };
    let answer = || Expression::Variable(name("A"));
    let pattern = |pattern: &str| {
        let pattern = pattern.to_owned();
        op(Operator::PatternMatch { pattern }, [answer()])
    };
    assert_eq!(holds("x – 2", &pattern("x – 2")), value(&truth(true)));
    assert_eq!(holds(" x", &pattern(" x")), value(&truth(true)));
    assert_eq!(holds(" x", &pattern("x")), value(&truth(false)));
    let same = op(Operator::Match, [answer(), text("x - 2")]);
    assert_eq!(holds(" x – 2 ", &same), value(&truth(true)));
    assert_eq!(typed("  "), Held::Null);
}

#[test]
fn what_takes_long_costs_as_many_steps() {
    let entries = serde_json::json!(
        (0..400)
            .map(|key| serde_json::json!({ "key": format!("{key} {}", "long ".repeat(40)), "value": 1 }))
            .collect::<Vec<_>>()
    );
    let mapping: crate::assessment::Mapping =
        serde_json::from_value(serde_json::json!({ "entries": entries })).unwrap();
    let mut variable = Variable::new(
        Cardinality::Single,
        BaseType::String,
        Held::single(Scalar::String("a".repeat(20_000))),
    );
    variable.mapping = Some((&mapping, crate::assessment::score::text::Normal::strict()));
    let mut machine = Machine::new(Scope::from([(name("A"), variable)]));
    assert_eq!(
        machine.value(&Expression::MapResponse(name("A"))),
        Err(Fault::TooManySteps)
    );
    let patterns = Expression::operation(
        Operator::And,
        vec![
            op(
                Operator::PatternMatch {
                    pattern: "\\w*".to_owned()
                },
                [text("a")],
            );
            50
        ],
    );
    assert_eq!(value(&patterns), Err(Fault::TooManySteps));
}
