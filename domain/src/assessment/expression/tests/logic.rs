//! What holds: truth, texts, equality and order.

use super::*;

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
