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

/// The sample with a text variable in front, and what its rules set.
fn with_text(repeats: u16, length: usize, printed: usize) -> Item {
    let mut item = sample::parameterised();
    let template = item.template.as_mut().unwrap();
    let declared = json!({ "identifier": "T", "cardinality": "ordered", "baseType": "string" });
    template.variables.push(serde_json::from_value(declared).unwrap());
    let word = json!({ "baseValue": { "string": "x".repeat(length) } });
    let repeat =
        json!({ "operation": { "operator": { "repeat": { "numberRepeats": repeats } }, "of": [word] } });
    let set = json!({ "do": { "setTemplateValue": { "identifier": "T", "value": repeat } } });
    template.rules.push(serde_json::from_value(set).unwrap());
    item.body.insert(0, Block::Prose("{{T}} ".repeat(printed)));
    item
}

#[test]
fn what_a_variant_prints_is_bounded_however_often_it_does() {
    assert!(with_text(10, 100, 10).variant(Seed(1)).is_ok());
    assert_eq!(
        with_text(1_000, 60, 200).variant(Seed(1)),
        Err(crate::assessment::Fault::TooLarge)
    );
}

/// The sample with rules of its own, and a template whose variable is `V`.
fn with_rules(
    base: &str,
    default: &serde_json::Value,
    set: &serde_json::Value,
    rule: &serde_json::Value,
) -> Item {
    let mut item = sample::by_rules();
    item.template = serde_json::from_value(json!({
        "variables": [{ "identifier": "V", "cardinality": "single", "baseType": base, "defaultValue": default }],
        "rules": [{ "do": { "setTemplateValue": { "identifier": "V", "value": set } } }],
    }))
    .unwrap();
    item.outcomes[1].default_value = serde_json::from_value(json!([{ "float": "20" }])).unwrap();
    item.processing = serde_json::from_value(json!({ "rules": [
        { "do": { "setOutcomeValue": { "identifier": "SCORE", "value": rule } } },
    ] }))
    .unwrap();
    item
}

fn earns(item: &Item) -> Points {
    score(&item.variant(Seed(1)).unwrap(), &Response::default()).points
}

#[test]
fn the_default_of_a_variable_is_what_was_declared_and_not_what_was_drawn() {
    let of = |rule: serde_json::Value| {
        let drawn = json!({ "baseValue": { "integer": 7 } });
        earns(&with_rules("integer", &json!([{ "integer": 3 }]), &drawn, &rule))
    };
    assert_eq!(of(json!({ "variable": "V" })), Points::from_hundredths(700));
    assert_eq!(of(json!({ "default": "V" })), Points::from_hundredths(300));
}

#[test]
fn a_pattern_may_be_a_variable_of_the_template() {
    let rule = |text: &str| {
        let matches = json!({ "operation": {
            "operator": { "patternMatch": { "pattern": "{V}" } }, "of": [{ "baseValue": { "string": text } }],
        } });
        let mut item = with_rules(
            "string",
            &json!([]),
            &json!({ "baseValue": { "string": "[a-c]+" } }),
            &json!({ "baseValue": { "float": "5" } }),
        );
        let inner = item.processing.take().unwrap().rules;
        let inner = serde_json::to_value(inner).unwrap();
        item.processing = serde_json::from_value(json!({ "rules": [
            { "condition": { "branches": [{ "when": matches, "then": inner }] } },
        ] }))
        .unwrap();
        earns(&item)
    };
    assert_eq!(rule("abc"), Points::from_hundredths(500));
    assert_eq!(rule("xyz"), Points::ZERO);
}

#[test]
fn a_number_beyond_all_that_can_be_typed_makes_no_variant() {
    let huge = json!({ "operation": { "operator": "power", "of": [
        { "baseValue": { "float": "10" } }, { "baseValue": { "integer": 300 } },
    ] } });
    let item = with_rules("float", &json!([]), &huge, &json!({ "variable": "V" }));
    assert_eq!(item.variant(Seed(1)), Err(crate::assessment::Fault::TooLarge));
    let mut item = sample::parameterised();
    let set = json!({ "do": { "setCorrectResponse": { "identifier": "KEY_VAR", "value": huge } } });
    let rules = &mut item.template.as_mut().unwrap().rules;
    rules.push(serde_json::from_value(set).unwrap());
    assert_eq!(item.variant(Seed(1)), Err(crate::assessment::Fault::TooLarge));
}

#[test]
fn the_seed_that_is_kept_makes_a_sound_variant() {
    let item = sample::parameterised();
    assert_eq!(item.seed_for(Seed(500)), Seed(500));
    let mut never = item.clone();
    let constraint = json!({ "do": { "templateConstraint": { "baseValue": { "boolean": false } } } });
    let rules = &mut never.template.as_mut().unwrap().rules;
    rules.push(serde_json::from_value(constraint).unwrap());
    assert!((1..=20).contains(&never.seed_for(Seed(500)).0));
    assert_eq!(sample::single().seed_for(Seed(500)), Seed(500));
}

#[test]
fn each_variant_keeps_its_own_maximum_through_qti() {
    let chance = json!({ "randomInteger": { "min": 1, "max": 9, "step": 1 } });
    let mut item = with_rules("integer", &json!([]), &chance, &json!({ "variable": "V" }));
    item.outcomes[1].default_value.clear();
    item.feedback = crate::assessment::Feedback::default();
    item.outcomes.truncate(2);
    let xml = qti::write(&item, "item-1");
    let back = qti::read(xml.as_bytes(), &mut |name| Some(name.to_owned()));
    let back = back.unwrap_or_else(|refusal| panic!("{refusal}\n{xml}")).item;
    let most = |item: &Item, seed| crate::assessment::max_score(&item.variant(Seed(seed)).unwrap());
    let all: BTreeSet<_> = (0..20)
        .map(|seed| {
            assert_eq!(most(&back, seed), most(&item, seed));
            most(&item, seed)
        })
        .collect();
    assert!(all.len() > 1, "{all:?}");
}

#[test]
fn variables_in_a_formula_are_exported_so_that_others_refuse_them() {
    let mut item = sample::parameterised();
    assert!(!qti::write(&item, "item-1").contains("cairn.printed-in-place"));
    item.body.insert(0, Block::Prose("Here $x = {{a}}$.".to_owned()));
    let xml = qti::write(&item, "item-1");
    assert!(xml.contains("class=\"cairn.printed-in-place\""), "{xml}");
    let back = qti::read(xml.as_bytes(), &mut |name| Some(name.to_owned()));
    let back = back.unwrap_or_else(|refusal| panic!("{refusal}\n{xml}")).item;
    assert_eq!(back.template, item.template);
    assert!(serde_json::to_string(&back.body).unwrap().contains("x = {{a}}"));
}

#[test]
fn what_a_template_says_and_cannot_be_done_here_is_refused() {
    let xml = qti::write(&sample::parameterised(), "item-1");
    let printed = "<qti-printed-variable identifier=\"a\"/>";
    assert!(xml.contains(printed), "{xml}");
    let changed = |from: &str, to: &str| {
        let changed = xml.replacen(from, to, 1);
        assert_ne!(changed, xml, "{from}");
        let read = qti::read(changed.as_bytes(), &mut |name| Some(name.to_owned()));
        read.map(|_| ()).map_err(|refusal| refusal.code)
    };
    let refused = Err(qti::RefusalCode::UnsupportedTemplate);
    for attribute in [
        "index=\"1\"",
        "field=\"a\"",
        "base=\"2\"",
        "power-form=\"true\"",
        "delimiter=\";\"",
        "format=\"%d\"",
        "format=\"%.99f\"",
    ] {
        let to = format!("<qti-printed-variable identifier=\"a\" {attribute}/>");
        assert_eq!(changed(printed, &to), refused, "{attribute}");
    }
    assert_eq!(
        changed(printed, "<qti-printed-variable identifier=\"SCORE\"/>"),
        refused
    );
    assert_eq!(
        changed(
            "<qti-template-declaration ",
            "<qti-template-declaration math-variable=\"true\" "
        ),
        refused
    );
    let usual = "<qti-printed-variable identifier=\"a\" base=\"10\" power-form=\"false\" format=\"%.3f\"/>";
    assert_eq!(changed(printed, usual), Ok(()));
    // Without a template there is nothing to print.
    let plain = qti::write(&sample::single(), "item-1");
    let prints = plain.replacen("<qti-item-body>", &format!("<qti-item-body><p>{printed}</p>"), 1);
    let read = qti::read(prints.as_bytes(), &mut |name| Some(name.to_owned()));
    assert_eq!(read.map(|_| ()).map_err(|refusal| refusal.code), refused);
}

#[test]
fn a_key_that_is_made_does_not_take_the_place_of_one_that_rules_name() {
    let xml = qti::write(&sample::parameterised(), "item-1");
    let from = xml.find("<qti-response-processing").unwrap();
    let to = xml.find("</qti-response-processing>").unwrap() + "</qti-response-processing>".len();
    let rules = "<qti-response-processing><qti-response-condition><qti-response-if>\
        <qti-equal tolerance-mode=\"exact\"><qti-variable identifier=\"KEY_VAR\"/>\
        <qti-base-value base-type=\"float\">5</qti-base-value></qti-equal>\
        <qti-set-outcome-value identifier=\"SCORE\">\
        <qti-base-value base-type=\"float\">2</qti-base-value></qti-set-outcome-value>\
        </qti-response-if></qti-response-condition></qti-response-processing>";
    let xml = [&xml[..from], rules, &xml[to..]].concat();
    let import = qti::read(xml.as_bytes(), &mut |name| Some(name.to_owned()));
    let item = import.unwrap_or_else(|refusal| panic!("{refusal}\n{xml}")).item;
    let given = json!({ "KEY_VAR": { "number": { "number": "5" } } });
    let given: Response = serde_json::from_value(given).unwrap();
    assert_eq!(
        score(&item.variant(Seed(1)).unwrap(), &given).points,
        Points::from_hundredths(200)
    );
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
