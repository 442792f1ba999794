//! Expressions by chance, for tests.

use proptest::prelude::*;

use super::{
    Area, Expression, FloatRef, IntegerRef, Literal, MathConstant, MathFunction, Operator, Rounding,
    Statistic, ToleranceMode,
};
use crate::assessment::Identifier;

pub(in crate::assessment) fn name(text: &str) -> Identifier {
    text.parse().unwrap()
}

/// The variables that the expressions read, besides some that are not there.
pub(in crate::assessment) const NAMES: [&str; 7] = ["A", "B", "MANY", "ROW", "TEXT", "TRUE", "NOBODY"];

pub(in crate::assessment) fn identifier() -> impl Strategy<Value = Identifier> {
    prop::sample::select(NAMES.to_vec()).prop_map(name)
}

fn integer_ref() -> impl Strategy<Value = IntegerRef> {
    prop_oneof![
        4 => (-2_i64..5).prop_map(IntegerRef::Value),
        1 => any::<i64>().prop_map(IntegerRef::Value),
        1 => identifier().prop_map(IntegerRef::Variable),
    ]
}

fn float_ref() -> impl Strategy<Value = FloatRef> {
    prop_oneof![
        3 => "-?[0-9]{1,3}(\\.[0-9]{1,2})?".prop_map(|text| FloatRef::Value(text.parse().unwrap())),
        1 => identifier().prop_map(FloatRef::Variable),
    ]
}

pub(in crate::assessment) fn literal() -> impl Strategy<Value = Literal> {
    prop_oneof![
        identifier().prop_map(Literal::Identifier),
        any::<bool>().prop_map(Literal::Boolean),
        (-20_i64..20).prop_map(Literal::Integer),
        any::<i64>().prop_map(Literal::Integer),
        "-?[0-9]{1,3}(\\.[0-9]{1,3})?(e-?[0-9]{1,2})?".prop_map(|text| Literal::Float(text.parse().unwrap())),
        "[a-c]{1,3}( [a-c<&]{1,3})?".prop_map(Literal::String),
        any::<[i32; 2]>().prop_map(Literal::Point),
        [identifier(), identifier()].prop_map(|ends| Literal::Pair(ends.into())),
        [identifier(), identifier()].prop_map(|ends| Literal::DirectedPair(ends.into())),
        "[0-9]{1,3}".prop_map(|text| Literal::Duration(text.parse().unwrap())),
    ]
}

fn rounding() -> impl Strategy<Value = Rounding> {
    prop::sample::select(Rounding::ALL)
}

fn area() -> impl Strategy<Value = Area> {
    prop_oneof![
        Just(Area::Default),
        any::<[i32; 4]>().prop_map(Area::Rect),
        any::<[i32; 3]>().prop_map(Area::Circle),
        any::<[i32; 4]>().prop_map(Area::Ellipse),
        prop::collection::vec(any::<[i32; 2]>(), 3..5).prop_map(Area::Poly),
    ]
}

fn operator() -> impl Strategy<Value = Operator> {
    let plain = [
        "random",
        "multiple",
        "ordered",
        "container-size",
        "is-null",
        "delete",
        "contains",
        "not",
        "and",
        "or",
        "match",
        "lt",
        "gt",
        "lte",
        "gte",
        "duration-lt",
        "duration-gte",
        "sum",
        "product",
        "subtract",
        "divide",
        "power",
        "integer-divide",
        "integer-modulus",
        "truncate",
        "round",
        "integer-to-float",
        "min",
        "max",
        "gcd",
        "lcm",
        "member",
    ];
    let plain: Vec<_> = plain.into_iter().filter_map(Operator::plain).collect();
    prop_oneof![
        8 => prop::sample::select(plain),
        1 => integer_ref().prop_map(|n| Operator::Index { n }),
        1 => identifier().prop_map(|field_identifier| Operator::FieldValue { field_identifier }),
        1 => any::<bool>().prop_map(|case_sensitive| Operator::Substring { case_sensitive }),
        1 => (integer_ref(), integer_ref()).prop_map(|(min, max)| Operator::AnyN { min, max }),
        1 => any::<[bool; 2]>().prop_map(|[case_sensitive, substring]| {
            Operator::StringMatch { case_sensitive, substring }
        }),
        1 => "[a-c(|)*?+\\[\\]{}^$.]{0,12}".prop_map(|pattern| Operator::PatternMatch { pattern }),
        1 => (
            prop::sample::select(ToleranceMode::ALL),
            prop::collection::vec(float_ref(), 0..3),
            any::<[bool; 2]>(),
        )
            .prop_map(|(tolerance_mode, tolerance, [include_lower_bound, include_upper_bound])| {
                Operator::Equal { tolerance_mode, tolerance, include_lower_bound, include_upper_bound }
            }),
        1 => (rounding(), integer_ref()).prop_map(|(rounding_mode, figures)| {
            Operator::EqualRounded { rounding_mode, figures }
        }),
        1 => (rounding(), integer_ref()).prop_map(|(rounding_mode, figures)| {
            Operator::RoundTo { rounding_mode, figures }
        }),
        1 => area().prop_map(|area| Operator::Inside { area }),
        1 => integer_ref().prop_map(|number_repeats| Operator::Repeat { number_repeats }),
        1 => prop::sample::select(MathFunction::ALL).prop_map(|name| Operator::MathOperator { name }),
        1 => prop::sample::select(Statistic::ALL).prop_map(|name| Operator::StatsOperator { name }),
    ]
}

/// Any expression, most of them of no type at all.
pub(in crate::assessment) fn any_expression() -> impl Strategy<Value = Expression> {
    let leaf = prop_oneof![
        4 => identifier().prop_map(Expression::Variable),
        1 => identifier().prop_map(Expression::Correct),
        1 => identifier().prop_map(Expression::Default),
        1 => identifier().prop_map(Expression::MapResponse),
        4 => literal().prop_map(Expression::BaseValue),
        1 => Just(Expression::Null),
        1 => prop::sample::select(MathConstant::ALL).prop_map(Expression::MathConstant),
        1 => (integer_ref(), integer_ref(), integer_ref())
            .prop_map(|(min, max, step)| Expression::RandomInteger { min, max, step }),
        1 => (float_ref(), float_ref()).prop_map(|(min, max)| Expression::RandomFloat { min, max }),
    ];
    leaf.prop_recursive(6, 48, 4, |inner| {
        (operator(), prop::collection::vec(inner, 0..4))
            .prop_map(|(operator, of)| Expression::operation(operator, of))
    })
}

/// An expression that comes to a number, or to NULL, over the variable `A`.
pub(in crate::assessment) fn number() -> impl Strategy<Value = Expression> {
    let leaf = prop_oneof![
        2 => Just(Expression::Variable(name("A"))),
        3 => (-9_i64..10).prop_map(|number| Expression::BaseValue(Literal::Integer(number))),
        1 => "[0-9]{1,2}\\.[0-9]{1,2}"
            .prop_map(|text| Expression::BaseValue(Literal::Float(text.parse().unwrap()))),
        1 => Just(Expression::Null),
    ];
    leaf.prop_recursive(4, 24, 3, |inner| {
        let operators = vec![
            Operator::Sum,
            Operator::Product,
            Operator::Subtract,
            Operator::Divide,
            Operator::Power,
            Operator::Max,
            Operator::Min,
        ];
        (prop::sample::select(operators), [inner.clone(), inner])
            .prop_map(|(operator, of)| Expression::operation(operator, of.into()))
    })
}
