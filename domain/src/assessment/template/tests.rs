use std::collections::BTreeSet;

use proptest::prelude::*;
use serde_json::json;

use super::*;
use crate::{
    Seed,
    assessment::{
        Block, Interaction, Item, ItemView, Points, ProblemCode, Response, Value, qti, sample, score,
    },
};

fn prompt(item: &Item) -> &str {
    item.interactions().next().map(Interaction::prompt).unwrap()
}

fn problems(item: &Item) -> Vec<String> {
    let problems = item.check().into_iter();
    problems
        .map(|problem| format!("{}: {}", problem.path, problem.code))
        .collect()
}

#[test]
fn a_template_makes_an_ordinary_item_that_scores_by_its_own_key() {
    let item = sample::parameterised();
    assert_eq!(problems(&item), Vec::<String>::new());
    let made = item.variant(Seed(7)).unwrap();
    assert_eq!(made.template, None);
    let words: Vec<_> = prompt(&made).trim_end_matches('?').split(' ').collect();
    let number = |word: &str| word.trim_end_matches(',').parse::<i64>().unwrap();
    let (a, b) = (number(words[2]), number(words[4]));
    assert_eq!(words[6], "0.50", "{words:?}");
    assert!((100..=999).contains(&a) && (1..=99).contains(&b) && b < a);
    let given = |number: &str| {
        let response = json!({ "KEY_VAR": { "number": { "number": number } } });
        score(&made, &serde_json::from_value::<Response>(response).unwrap()).points
    };
    assert_eq!(given(&format!("{}.5", a * b - 1)), Points::from_hundredths(200));
    assert_eq!(given(&(a * b).to_string()), Points::ZERO);
}

#[test]
fn a_seed_makes_the_same_item_and_seeds_make_many() {
    let item = sample::parameterised();
    let made: BTreeSet<String> = (0..50)
        .map(|seed| {
            let made = item.variant(Seed(seed)).unwrap();
            assert_eq!(item.variant(Seed(seed)).unwrap(), made);
            prompt(&made).to_owned()
        })
        .collect();
    assert!(made.len() > 40, "{}", made.len());
    assert_eq!(sample::single().variant(Seed(1)).unwrap(), sample::single());
}

#[test]
fn neither_key_nor_template_is_in_the_view_of_a_variant() {
    let item = sample::parameterised();
    for seed in 0..50 {
        let made = item.variant_for(Seed(seed)).unwrap();
        let Some(Value::Number(key)) = &made.responses[0].correct_response else {
            panic!()
        };
        let view = serde_json::to_string(&ItemView::new(&made, Seed(seed))).unwrap();
        for secret in [
            key.number.as_str(),
            "SECRET",
            "KEY_VAR",
            "{{",
            "template",
            "random",
            "product",
        ] {
            assert!(!view.contains(secret), "{secret} in {view}");
        }
    }
}

#[test]
fn a_constraint_that_cannot_be_met_ends_the_tries() {
    let mut item = sample::parameterised();
    let never = json!({ "do": { "templateConstraint": { "baseValue": { "boolean": false } } } });
    item.template
        .as_mut()
        .unwrap()
        .rules
        .push(serde_json::from_value(never).unwrap());
    assert!(item.variant(Seed(1)).is_err());
    assert_eq!(problems(&item), ["template: variant-not-made"]);
}

#[test]
fn an_exit_leaves_the_rest_of_the_rules_out() {
    let mut item = sample::parameterised();
    item.template.as_mut().unwrap().rules.insert(0, Rule::Exit);
    let codes = variants(&item)[0]
        .problems
        .iter()
        .filter_map(|it| it.code)
        .collect::<Vec<_>>();
    assert!(codes.contains(&ProblemCode::VariantNoValue), "{codes:?}");
}

#[test]
fn choices_that_say_the_same_are_a_fault_of_the_variant() {
    let mut item = sample::single();
    let Some(Block::Interaction(Interaction::Choice(it))) = item.body.get_mut(1) else {
        panic!()
    };
    it.choices[0].content = "{{a}}".to_owned();
    it.choices[1].content = "{{b}}".to_owned();
    let variable = |name: &str| json!({ "identifier": name, "cardinality": "single", "baseType": "integer" });
    let set = |name: &str, max: u8| {
        let value = json!({ "randomInteger": { "min": 1, "max": max, "step": 1 } });
        json!({ "do": { "setTemplateValue": { "identifier": name, "value": value } } })
    };
    item.template = serde_json::from_value(json!({
        "variables": [variable("a"), variable("b")], "rules": [set("a", 1), set("b", 3)],
    }))
    .unwrap();
    assert!(
        problems(&item).contains(&"template: variant-same-choices".to_owned()),
        "{:?}",
        problems(&item)
    );
    // A learner still gets one that is sound, if there is one among those that are looked at.
    let sound = variants(&item)
        .iter()
        .filter(|it| it.problems.iter().all(|it| it.code.is_none()))
        .count();
    assert!((1..20).contains(&sound), "{sound}");
}

#[test]
fn what_a_template_names_must_be_there() {
    let mut item = sample::parameterised();
    item.body.insert(0, Block::Prose("See {{nobody}}.".to_owned()));
    assert_eq!(problems(&item), ["body: unknown-identifier"]);
    let mut item = sample::parameterised();
    item.template.as_mut().unwrap().variables[0].base_type = BaseType::String;
    assert!(
        problems(&item)
            .iter()
            .all(|problem| problem.starts_with("template.rules")),
        "{:?}",
        problems(&item)
    );
    assert!(!problems(&item).is_empty());
}

#[test]
fn a_variable_is_two_braces_around_a_name() {
    let name = |text: &str| text.parse::<Identifier>().unwrap();
    assert_eq!(
        pieces("a {{x}}{{ y:.2 }} {{1}} \\frac{{{z}}}{2} {{"),
        [
            Piece::Text("a "),
            Piece::Variable(name("x"), None),
            Piece::Variable(name("y"), Some(2)),
            Piece::Text(" {{1}} \\frac{"),
            Piece::Variable(name("z"), None),
            Piece::Text("}{2} {{"),
        ]
    );
}

#[test]
fn a_number_is_printed_as_its_language_writes_it() {
    let mut item = sample::parameterised();
    item.language = "de".to_owned();
    assert!(prompt(&item.variant(Seed(1)).unwrap()).contains("0,50"));
}

#[test]
fn a_template_comes_back_from_qti_and_makes_the_same_items() {
    let item = sample::parameterised();
    let xml = qti::write(&item, "item-1");
    let import = qti::read(xml.as_bytes(), &mut |name| Some(name.to_owned()));
    let import = import.unwrap_or_else(|refusal| panic!("{refusal}\n{xml}"));
    assert_eq!(import.item.template, item.template, "{xml}");
    for seed in 0..20 {
        let (before, after) = (
            item.variant(Seed(seed)).unwrap(),
            import.item.variant(Seed(seed)).unwrap(),
        );
        assert_eq!(prompt(&after), prompt(&before));
        assert_eq!(
            after.responses[0].correct_response,
            before.responses[0].correct_response
        );
    }
}

proptest! {
    #[test]
    fn no_text_panics_where_variables_are_looked_for(text in "[{}:.a-c0-9é ]{0,40}|.{0,40}") {
        let whole: String = pieces(&text)
            .into_iter()
            .map(|piece| match piece {
                Piece::Text(text) => text.to_owned(),
                Piece::Variable(name, Some(places)) => format!("{{{{{name}:.{places}}}}}"),
                Piece::Variable(name, None) => format!("{{{{{name}}}}}"),
            })
            .collect();
        prop_assert!(whole.len() <= text.len() + 8);
    }
}
