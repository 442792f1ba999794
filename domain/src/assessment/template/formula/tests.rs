use proptest::prelude::*;

use super::*;
use crate::assessment::{IntegerRef, Literal, MathConstant, MathFunction, Operator, Rounding, ToleranceMode};

fn known() -> VariableTypes {
    [
        ("a", BaseType::Integer),
        ("b", BaseType::Integer),
        ("x", BaseType::Float),
        ("price", BaseType::Float),
        ("word", BaseType::String),
        ("is_odd", BaseType::Boolean),
    ]
    .map(|(name, base)| (name.parse().unwrap(), base))
    .into()
}

fn shown(text: &str) -> String {
    match Formula::parse(text, &known()) {
        Ok(formula) => formula.to_string(),
        Err(error) => format!("{} {} {:?}", error.at, error.code, error.args),
    }
}

fn refused(text: &str) -> (usize, &'static str) {
    let error = Formula::parse(text, &known()).unwrap_err();
    (error.at, error.code.as_str())
}

fn op<const N: usize>(operator: Operator, of: [Expression; N]) -> Expression {
    Expression::operation(operator, of.into())
}

fn int(number: i64) -> Expression {
    Expression::BaseValue(Literal::Integer(number))
}

fn variable(name: &str) -> Expression {
    Expression::Variable(name.parse().unwrap())
}

fn tree(text: &str) -> Expression {
    match Formula::parse(text, &known()).unwrap().tree {
        Tree::Value(value) => value,
        Tree::If(_) => panic!("{text}"),
    }
}

#[test]
fn a_formula_is_written_as_it_is_typed_and_in_the_shortest_way() {
    for formula in [
        "a * x + b",
        "round(price * 1.19, 2)",
        "if(a > b, a, b)",
        "if(a > b, if(a = 1, 2, 3), if(b > 4, 5, 6.5))",
        "a != b and gcd(a, b) = 1",
        "not is_odd or a mod 2 = 0 and a div 3 < b",
        "a - (b - 1)",
        "a / (b * 2) / 3",
        "(a + b) * -x^-2",
        "(-2)^2 - -2^2",
        "2^3^b",
        "(2^3)^b",
        "sqrt(a^2 + b^2)",
        "max(a, b, 3) - sum(a)",
        "figures(x, 3)",
        "round(x)",
        "round(x, a)",
        "sin(pi / 6) * e",
        "word = \"say \"\"a\"\"\"",
        "same(a, b)",
        "5. + float(a)",
        "0 - 2",
        "(a + b) + 1",
        "6.02e23",
    ] {
        assert_eq!(shown(formula), formula);
    }
    for (typed, written) in [
        ("  a*x+b ", "a * x + b"),
        ("((a))", "a"),
        ("(a * b) + (x)", "a * b + x"),
        ("a × b ÷ 2 − 1", "a * b / 2 - 1"),
        ("a <> b", "a != b"),
        ("a ≤ b", "a <= b"),
        ("not (a = b)", "a != b"),
        ("0 - a", "-a"),
        ("x ^ 0.5", "sqrt(x)"),
        (".5", "0.5"),
        ("sum(a, b)", "a + b"),
    ] {
        assert_eq!(shown(typed), written, "{typed}");
    }
}

#[test]
fn signs_hold_together_as_in_mathematics() {
    let (a, b) = (|| variable("a"), || variable("b"));
    for (text, expected) in [
        ("a + b + 1", op(Operator::Sum, [a(), b(), int(1)])),
        (
            "a - b + 1",
            op(Operator::Sum, [op(Operator::Subtract, [a(), b()]), int(1)]),
        ),
        (
            "a + b * 2",
            op(Operator::Sum, [a(), op(Operator::Product, [b(), int(2)])]),
        ),
        (
            "-a^2",
            op(Operator::Subtract, [int(0), op(Operator::Power, [a(), int(2)])]),
        ),
        ("a - -2", op(Operator::Subtract, [a(), int(-2)])),
        (
            "not a = b",
            op(
                Operator::Not,
                [op(
                    Operator::Equal {
                        tolerance_mode: ToleranceMode::Exact,
                        tolerance: Vec::new(),
                        include_lower_bound: true,
                        include_upper_bound: true,
                    },
                    [a(), b()],
                )],
            ),
        ),
    ] {
        assert_eq!(tree(text), expected, "{text}");
    }
}

#[test]
fn a_formula_knows_what_it_comes_to() {
    for (text, base) in [
        ("a * b + 1", BaseType::Integer),
        ("a * x", BaseType::Float),
        ("a / b", BaseType::Float),
        ("a div b", BaseType::Integer),
        ("round(x)", BaseType::Integer),
        ("round(x, 2)", BaseType::Float),
        ("a < b", BaseType::Boolean),
        ("if(a < b, a, x)", BaseType::Float),
        ("if(a < b, \"less\", word)", BaseType::String),
    ] {
        assert_eq!(
            Formula::parse(text, &known()).unwrap().base_type(),
            base,
            "{text}"
        );
    }
}

#[test]
fn what_is_wrong_is_said_with_its_place() {
    for (text, at, code) in [
        ("", 1, "empty"),
        ("   ", 1, "empty"),
        ("a +", 4, "unfinished"),
        ("a + * b", 5, "unexpected"),
        ("2a", 2, "operator-missing"),
        ("a b", 3, "operator-missing"),
        ("(a + b", 1, "unclosed"),
        ("a + b)", 6, "unopened"),
        ("max(a, b", 4, "unclosed"),
        ("1,5 + a", 2, "comma"),
        ("a + ü", 5, "unknown-sign"),
        ("word = \"x", 8, "open-text"),
        ("99999999999999999999", 1, "bad-number"),
        ("a + c", 5, "unknown-name"),
        ("sinus(x)", 1, "unknown-function"),
        ("sqrt(a, b)", 1, "wrong-count"),
        ("round(a, 1, 2)", 1, "wrong-count"),
        ("if(a > b, a)", 1, "wrong-count"),
        ("max()", 1, "wrong-count"),
        ("a + word", 5, "not-a-number"),
        ("gcd(a, x)", 8, "not-whole"),
        ("a and b", 1, "not-a-truth"),
        ("word = 3", 8, "not-a-text"),
        ("same(a, x)", 9, "differs"),
        ("if(a > b, a, word)", 14, "differs"),
        ("1 < a < b", 7, "chain"),
        ("2 * if(a > b, a, b)", 5, "if-inside"),
        ("if(a > b, a, b) + 1", 17, "if-inside"),
        ("round(x, 99)", 10, "bad-figures"),
        ("round(x, 1.5)", 10, "bad-figures"),
    ] {
        assert_eq!(refused(text), (at, code), "{text}");
    }
}

#[test]
fn no_formula_is_without_bounds() {
    assert_eq!(refused(&"1".repeat(501)).1, "too-long");
    assert_eq!(refused(&format!("a{}", "+a".repeat(120))).1, "too-many-parts");
    assert_eq!(refused(&"(".repeat(100)).1, "too-deep");
    assert_eq!(refused(&format!("a{}", "-a".repeat(60))).1, "too-deep");
    let nested = (0..8).fold("1".to_owned(), |inner, _| format!("if(a > b, {inner}, 2)"));
    assert_eq!(refused(&nested).1, "too-deep");
}

#[test]
fn a_name_can_stand_in_a_formula_unless_it_means_something_there() {
    for good in ["a", "price_2", "e", "min"] {
        assert!(is_variable_name(good), "{good}");
    }
    for bad in ["", "2a", "a-b", "a.b", "mod", "true", "if", "ü"] {
        assert!(!is_variable_name(bad), "{bad}");
    }
}

#[test]
fn what_formulas_do_not_say_is_no_formula() {
    let of = |value: Expression| Formula::of(Tree::Value(value), &known());
    for value in [
        Expression::Null,
        variable("nobody"),
        op(Operator::IsNull, [variable("a")]),
        op(Operator::Sum, [variable("word")]),
        op(Operator::And, [variable("is_odd")]),
        Expression::BaseValue(Literal::String("two\nlines".to_owned())),
    ] {
        assert_eq!(of(value.clone()), None, "{value:?}");
    }
    assert!(of(op(Operator::Sum, [variable("a")])).is_some());
}

fn whole() -> impl Strategy<Value = Expression> {
    let leaf = prop_oneof![
        (-99_i64..99).prop_map(int),
        Just(int(i64::MIN)),
        Just(variable("a")),
        Just(variable("b")),
    ];
    leaf.prop_recursive(3, 12, 3, |inner| {
        let two = prop::collection::vec(inner.clone(), 2);
        let many = prop::collection::vec(inner, 1..4);
        prop_oneof![
            (
                prop::sample::select(vec![
                    Operator::Sum,
                    Operator::Product,
                    Operator::Min,
                    Operator::Max,
                    Operator::Gcd,
                    Operator::Lcm,
                ]),
                many,
            ),
            (
                prop::sample::select(vec![
                    Operator::Subtract,
                    Operator::IntegerDivide,
                    Operator::IntegerModulus,
                ]),
                two,
            ),
        ]
        .prop_map(|(operator, of)| Expression::operation(operator, of))
    })
}

fn number() -> impl Strategy<Value = Expression> {
    let digits = "-?(0|[1-9][0-9]{0,3})(\\.[0-9]{1,3})?(e-?[1-9])?";
    let float = digits.prop_map(|text| Expression::BaseValue(Literal::Float(text.parse().unwrap())));
    let constant = prop::sample::select(MathConstant::ALL).prop_map(Expression::MathConstant);
    let leaf = prop_oneof![whole(), float, constant, Just(variable("x"))];
    leaf.prop_recursive(3, 12, 3, |inner| {
        let figures = prop_oneof![
            (1_i64..15).prop_map(IntegerRef::Value),
            Just(IntegerRef::Variable("a".parse().unwrap())),
        ];
        let mode = prop::sample::select(Rounding::ALL);
        let rounded = (mode, figures).prop_map(|(rounding_mode, figures)| Operator::RoundTo {
            rounding_mode,
            figures,
        });
        let function = prop::sample::select(MathFunction::ALL)
            .prop_filter("it takes two", |name| *name != MathFunction::Atan2)
            .prop_map(|name| Operator::MathOperator { name });
        let one = prop_oneof![rounded, function, Just(Operator::Round), Just(Operator::Truncate)];
        let two = prop::sample::select(vec![Operator::Subtract, Operator::Divide, Operator::Power]);
        let many = prop::sample::select(vec![
            Operator::Sum,
            Operator::Product,
            Operator::Min,
            Operator::Max,
        ]);
        prop_oneof![
            (one, prop::collection::vec(inner.clone(), 1)),
            (two, prop::collection::vec(inner.clone(), 2)),
            (many, prop::collection::vec(inner, 1..4)),
        ]
        .prop_map(|(operator, of)| Expression::operation(operator, of))
    })
}

fn truth() -> impl Strategy<Value = Expression> {
    let equal = || Operator::Equal {
        tolerance_mode: ToleranceMode::Exact,
        tolerance: Vec::new(),
        include_lower_bound: true,
        include_upper_bound: true,
    };
    let is = || Operator::StringMatch {
        case_sensitive: true,
        substring: false,
    };
    let compared = prop::sample::select(vec![
        Operator::Lt,
        Operator::Lte,
        Operator::Gt,
        Operator::Gte,
        equal(),
    ]);
    let text = prop_oneof![
        Just(variable("word")),
        "[^\\p{Cc}]{0,6}".prop_map(|text| Expression::BaseValue(Literal::String(text))),
    ];
    let leaf = prop_oneof![
        Just(variable("is_odd")),
        any::<bool>().prop_map(|truth| Expression::BaseValue(Literal::Boolean(truth))),
        (compared, prop::collection::vec(number(), 2))
            .prop_map(|(operator, of)| Expression::operation(operator, of)),
        prop::collection::vec(whole(), 2).prop_map(|of| Expression::operation(Operator::Match, of)),
        prop::collection::vec(text, 2).prop_map(move |of| Expression::operation(is(), of)),
    ];
    leaf.prop_recursive(2, 6, 3, |inner| {
        let joined = prop::sample::select(vec![Operator::And, Operator::Or]);
        prop_oneof![
            inner
                .clone()
                .prop_map(|one| Expression::operation(Operator::Not, vec![one])),
            (joined, prop::collection::vec(inner, 2..4))
                .prop_map(|(operator, of)| Expression::operation(operator, of)),
        ]
    })
}

fn choice() -> impl Strategy<Value = Tree> {
    let value = number().prop_map(Tree::Value);
    value.prop_recursive(2, 4, 2, |inner| {
        (truth(), inner.clone(), inner).prop_map(|(when, then, otherwise)| {
            Tree::If(Box::new(Choice {
                when,
                then,
                otherwise,
            }))
        })
    })
}

/// Refused because it is too long or too deep, which is no fault of how it is
/// written.
fn is_beyond_bounds(error: &FormulaError) -> bool {
    matches!(
        error.code,
        FormulaFault::TooLong | FormulaFault::TooManyParts | FormulaFault::TooDeep
    )
}

proptest! {
    #[test]
    fn what_is_written_reads_as_the_same(
        tree in prop_oneof![choice(), truth().prop_map(Tree::Value), whole().prop_map(Tree::Value)],
    ) {
        let text = print::print(&tree).unwrap();
        match parse::parse(&text, &known()) {
            Ok((read, _)) => prop_assert_eq!(read, tree, "{}", text),
            Err(error) => prop_assert!(is_beyond_bounds(&error), "{} {:?}", text, error),
        }
    }

    #[test]
    fn no_text_panics_and_what_is_read_is_written_the_same_again(
        text in "[-+*/^(),=<>! abx0-9.\"]{0,40}|(if|not|and|a|b|x|word|is_odd|sqrt|round|[(),]|[<>=+*-]| |2|\"t\"){0,24}|.{0,60}",
    ) {
        if let Ok(formula) = Formula::parse(&text, &known()) {
            let again = Formula::parse(&formula.to_string(), &known());
            prop_assert_eq!(again.as_ref(), Ok(&formula));
        } else if let Err(error) = Formula::parse(&text, &known()) {
            prop_assert!((1..=text.chars().count() + 1).contains(&error.at));
        }
    }
}
