use proptest::prelude::*;
use serde_json::json;

use super::*;
use crate::{
    Seed,
    assessment::{Block, ItemView, Points, Response, Value, sample, score, variants},
};

fn decimal(text: &str) -> Decimal {
    text.parse().unwrap()
}

fn name(text: &str) -> Identifier {
    text.parse().unwrap()
}

fn whole_range(from: &str, to: &str, step: &str) -> VariableSource {
    VariableSource::Range(NumberRange::whole(&decimal(from), &decimal(to), &decimal(step)).unwrap())
}

fn decimal_range(from: &str, to: &str, step: &str) -> VariableSource {
    VariableSource::Range(NumberRange::decimal(&decimal(from), &decimal(to), &decimal(step)).unwrap())
}

/// Variables as an author adds them: each formula knows those before it.
#[derive(Default)]
struct Author(Variables);

impl Author {
    fn with(mut self, variable: &str, source: VariableSource) -> Self {
        self.0.variables.push((name(variable), source));
        self
    }

    fn formula(&self, text: &str) -> Formula {
        Formula::parse(text, &self.0.known()).unwrap_or_else(|error| panic!("{text}: {error:?}"))
    }

    fn computed(self, variable: &str, text: &str) -> Self {
        let source = VariableSource::Formula(self.formula(text));
        self.with(variable, source)
    }

    fn until(mut self, text: &str) -> Self {
        let formula = self.formula(text);
        self.0.constraints.push(formula);
        self
    }

    fn key(mut self, text: &str) -> Variables {
        self.0.key = Some(self.formula(text));
        self.0
    }
}

/// A number to be typed, with these variables.
fn numeric(prompt: &str, variables: &Variables) -> Item {
    let mut item = sample::parameterised();
    let Some(Block::Interaction(Interaction::NumericEntry(it))) = item.body.last_mut() else {
        panic!()
    };
    prompt.clone_into(&mut it.prompt);
    let response = it.response.clone();
    item.template = variables.template(&response);
    item
}

fn rent() -> Variables {
    Author::default()
        .with("days", whole_range("2", "14", "1"))
        .with("price", decimal_range("12.50", "40.00", "0.50"))
        .with(
            "share",
            VariableSource::Numbers(vec![decimal("2"), decimal("4"), decimal("5")]),
        )
        .with(
            "what",
            VariableSource::Texts(vec!["boat".to_owned(), "tent".to_owned()]),
        )
        .computed("total", "round(days * price / share, 2)")
        .computed("fee", "if(what = \"boat\", 10, if(days > 7, 5, 0))")
        .until("days mod share != 0")
        .until("total > 20")
        .key("total + fee")
}

#[test]
fn variables_are_a_template_and_are_read_back_from_it() {
    let item = numeric("{{days}} {{price:.2}} {{share}} {{what}}", &rent());
    assert_eq!(item.check(), []);
    assert_eq!(Variables::of(&item), Some(rent()));
    // Through JSON, as a draft is stored.
    let json = serde_json::to_string(&item).unwrap();
    assert_eq!(Variables::of(&serde_json::from_str(&json).unwrap()), Some(rent()));
}

#[test]
fn what_is_drawn_is_what_the_variables_say() {
    let item = numeric(
        "{{days}};{{price:.2}};{{share}};{{what}};{{total}};{{fee}}",
        &rent(),
    );
    for variant in variants(&item) {
        let values: Vec<&str> = variant.values.iter().map(|(_, value)| value.as_str()).collect();
        let number = |place: usize| values[place].parse::<f64>().unwrap();
        let (days, price, share, total) = (number(0), number(1), number(2), number(4));
        assert!(
            (2.0..=14.0).contains(&days) && (12.5..=40.0).contains(&price),
            "{values:?}"
        );
        assert!((price * 2.0).fract().abs() < 1e-9, "a step of a half: {values:?}");
        assert!(
            days % share > 0.5 && total > 20.0,
            "both constraints hold: {values:?}"
        );
        assert!((total - days * price / share).abs() < 0.006, "{values:?}");
        let fee = match (values[3], days > 7.0) {
            ("boat", _) => 10.0,
            (_, true) => 5.0,
            _ => 0.0,
        };
        assert!((variant.answers[0].parse::<f64>().unwrap() - total - fee).abs() < 1e-9);
        assert!(
            variant.problems.iter().all(|problem| problem.code.is_none()),
            "{variant:?}"
        );
    }
}

#[test]
fn the_key_that_is_computed_scores_and_does_not_leak() {
    let variables = Author::default()
        .with("a", whole_range("11", "99", "2"))
        .key("a * 1000 + 7");
    let item = numeric("What is {{a}} thousand and seven?", &variables);
    for seed in 0..20 {
        let made = item.variant(Seed(seed)).unwrap();
        let Some(Value::Number(key)) = &made.responses[0].correct_response else {
            panic!()
        };
        let given = json!({ "KEY_VAR": { "number": { "number": key.number } } });
        let given: Response = serde_json::from_value(given).unwrap();
        assert_eq!(score(&made, &given).points, Points::from_hundredths(200));
        let view = serde_json::to_string(&ItemView::new(&made, Seed(seed))).unwrap();
        assert!(
            !view.contains(key.number.as_str()) && !view.contains("{{"),
            "{view}"
        );
    }
}

#[test]
fn a_template_from_elsewhere_is_read_where_it_says_no_more() {
    let read = Variables::of(&sample::parameterised()).unwrap();
    let names: Vec<&str> = read.variables.iter().map(|(name, _)| name.as_str()).collect();
    assert_eq!(names, ["a", "b", "c", "KEY_SECRET"]);
    assert_eq!(read.constraints[0].to_string(), "b < a");
    assert_eq!(
        read.key.as_ref().map(Formula::to_string).as_deref(),
        Some("KEY_SECRET")
    );
    let VariableSource::Formula(key) = &read.variables[3].1 else {
        panic!()
    };
    assert_eq!(key.to_string(), "a * b - c");
    // The same, with the constraint after all variables, makes items that are sound too.
    let again = numeric("{{a}} {{b}} {{c}}", &read);
    assert_eq!(again.check(), []);
}

#[test]
fn a_whole_number_in_a_variable_for_any_number_stays_any_number() {
    let mut item = sample::parameterised();
    item.template.as_mut().unwrap().variables[0].base_type = BaseType::Float;
    let sum = json!({ "do": { "setTemplateValue": { "identifier": "KEY_SECRET", "value": { "operation": {
        "operator": "sum", "of": [{ "variable": "b" }, { "baseValue": { "integer": 1 } }],
    } } } } });
    item.template.as_mut().unwrap().rules[4] = serde_json::from_value(sum).unwrap();
    let read = Variables::of(&item).unwrap();
    let types: Vec<BaseType> = read
        .variables
        .iter()
        .map(|(_, source)| source.base_type())
        .collect();
    assert_eq!(
        types,
        [
            BaseType::Float,
            BaseType::Integer,
            BaseType::Float,
            BaseType::Float
        ]
    );
    let VariableSource::Formula(secret) = &read.variables[3].1 else {
        panic!()
    };
    assert_eq!(secret.to_string(), "float(b + 1)");
}

#[test]
fn a_template_that_says_more_is_not_read_at_all() {
    let changed = |change: &dyn Fn(&mut Template)| {
        let mut item = sample::parameterised();
        change(item.template.as_mut().unwrap());
        Variables::of(&item)
    };
    let rule = |json: serde_json::Value| serde_json::from_value::<TemplateRule>(json).unwrap();
    assert!(changed(&|_| ()).is_some());
    assert_eq!(changed(&|it| it.rules.push(Rule::Exit)), None);
    assert_eq!(changed(&|it| it.rules[0] = Rule::Fragment(Vec::new())), None);
    assert_eq!(
        changed(&|it| it.rules.push(it.rules[0].clone())),
        None,
        "set twice"
    );
    assert_eq!(changed(&|it| drop(it.rules.remove(0))), None, "set never");
    assert_eq!(
        changed(&|it| it.rules.swap(0, 4)),
        None,
        "computed from what comes after it"
    );
    assert_eq!(
        changed(&|it| it.variables[0].default_value = vec![Literal::Integer(1)]),
        None
    );
    assert_eq!(
        changed(&|it| it.variables[0].cardinality = Cardinality::Ordered),
        None
    );
    assert_eq!(
        changed(&|it| it.rules.push(rule(json!({ "do": { "setDefaultValue": {
            "identifier": "SCORE", "value": { "baseValue": { "float": "1" } },
        } } })))),
        None
    );
    assert_eq!(
        changed(&|it| it.rules[3] = rule(json!({ "do": { "setTemplateValue": {
            "identifier": "c", "value": { "randomFloat": { "min": "1", "max": "2" } },
        } } }))),
        None
    );
    assert_eq!(
        changed(&|it| it.rules[3] = rule(json!({ "condition": { "branches": [{
            "when": { "baseValue": { "boolean": true } },
            "then": [{ "do": { "setTemplateValue": {
                "identifier": "c", "value": { "baseValue": { "float": "0.5" } },
            } } }],
        }] } }))),
        None,
        "nothing otherwise"
    );
}

#[test]
fn a_range_is_exact_and_shows_its_decimals() {
    let range = |from: &str, to: &str, step: &str| {
        NumberRange::decimal(&decimal(from), &decimal(to), &decimal(step)).map(|range| range.written())
    };
    let written = |numbers: [&str; 3]| Ok(numbers.map(str::to_owned));
    assert_eq!(range("1", "2.5", "0.25"), written(["1.00", "2.50", "0.25"]));
    assert_eq!(range("-0.5", "0.5", "0.1"), written(["-0.5", "0.5", "0.1"]));
    assert_eq!(range("1", "9", "1"), written(["1", "9", "1"]));
    assert_eq!(range("2", "1", "1"), Err(RangeFault::Reversed));
    assert_eq!(range("1", "2", "0"), Err(RangeFault::NoStep));
    assert_eq!(range("1", "2", "0.0000000001"), Err(RangeFault::TooFine));
    assert_eq!(range("1", "1e20", "1"), Err(RangeFault::TooFine));
    let whole = NumberRange::whole(&decimal("1"), &decimal("2.5"), &decimal("1"));
    assert_eq!(whole, Err(RangeFault::NotWhole));
}

#[test]
fn a_rule_leads_back_to_what_it_is_about() {
    let template = rent().template(&name("RESPONSE")).unwrap();
    let places: Vec<_> = (0..10).map(|rule| Variables::place(&template, rule)).collect();
    let variable = |number| Some(RulePlace::Variable(number));
    assert_eq!(
        places,
        [
            variable(0),
            variable(1),
            variable(2),
            variable(3),
            variable(4),
            variable(5),
            Some(RulePlace::Constraint(0)),
            Some(RulePlace::Constraint(1)),
            Some(RulePlace::Key),
            None,
        ]
    );
}

#[test]
fn without_anything_to_draw_there_is_no_template() {
    assert_eq!(Variables::default().template(&name("R")), None);
}

fn source() -> impl Strategy<Value = VariableSource> {
    let sorted = |(one, other): (i64, i64)| (one.min(other), one.max(other));
    let bounds = (-5_000_i64..5_000, -5_000_i64..5_000).prop_map(sorted);
    let texts = prop::collection::vec("[a-zé\"]([a-z {}]{0,5}[a-z])?", 1..5);
    let numbers = prop::collection::vec("-?(0|[1-9][0-9]{0,2})", 1..5);
    let decimals = prop::collection::vec("-?(0|[1-9][0-9]{0,2})\\.[0-9]{1,2}", 1..5);
    let numbers = prop_oneof![numbers, decimals]
        .prop_filter("no whole number is written -0", |all| {
            all.iter().all(|it| it != "-0")
        })
        .prop_map(|all| VariableSource::Numbers(all.iter().map(|it| decimal(it)).collect()));
    prop_oneof![
        (bounds.clone(), 1_i64..50).prop_map(|((from, to), step)| whole_range(
            &from.to_string(),
            &to.to_string(),
            &step.to_string()
        )),
        (bounds, 1_i64..50, 0_u32..3).prop_map(|((from, to), step, places)| {
            let written = |number: i64| format!("{number}e-{places}");
            decimal_range(&written(from), &written(to), &written(step))
        }),
        texts.prop_map(VariableSource::Texts),
        numbers,
    ]
}

proptest! {
    #[test]
    fn variables_go_through_their_template_unchanged(
        sources in prop::collection::vec(source(), 1..5),
        formulas in prop::collection::vec("(v0|v1|3|2\\.5)( [-+*/] (v0|v1|3)){0,3}", 0..3),
    ) {
        let mut author = Author::default();
        for (number, source) in sources.into_iter().enumerate() {
            author = author.with(&format!("v{number}"), source);
        }
        for (number, text) in formulas.iter().enumerate() {
            if let Ok(formula) = Formula::parse(text, &author.0.known()) {
                author = author.with(&format!("f{number}"), VariableSource::Formula(formula));
            }
        }
        let item = numeric("What?", &author.0);
        prop_assert_eq!(Variables::of(&item), Some(author.0));
    }
}
