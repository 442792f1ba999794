//! Chance, bounds and types, and every expression by chance.

use super::*;

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
                has_areas: false,
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
