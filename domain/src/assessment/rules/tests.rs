//! Items with rules of their own.

use serde_json::{Value as Json, json};

use crate::assessment::{
    FeedbackView, Hindsight, Item, Points, ProblemCode, ReasonCode, Response, Scoring, Verdict, max_score,
    qti, sample, score,
};

fn points(item: &Item, given: &Json) -> Points {
    let response: Response = serde_json::from_value(given.clone()).unwrap();
    score(item, &response).points
}

fn hundredths(hundredths: i64) -> Points {
    Points::from_hundredths(hundredths)
}

#[test]
fn points_are_what_the_rules_leave_in_score() {
    let item = sample::by_rules();
    assert_eq!(item.check(), []);
    assert_eq!(max_score(&item), hundredths(300));
    for (given, worth) in [
        (json!({}), 0),
        (json!({ "KEY_VAR": { "identifiers": ["correct1"] } }), 100),
        (json!({ "KEY_VAR_B": { "number": { "number": "12345.6" } } }), 0),
        // The number counts only with the right choice.
        (
            json!({ "KEY_VAR": { "identifiers": ["correct1"] }, "KEY_VAR_B": { "number": { "number": "12345.6" } } }),
            300,
        ),
        (
            json!({ "KEY_VAR": { "identifiers": ["wrong-a"] }, "KEY_VAR_B": { "number": { "number": "12345.6" } } }),
            0,
        ),
    ] {
        assert_eq!(points(&item, &given), hundredths(worth), "{given}");
    }
}

#[test]
fn each_point_has_the_rule_that_gave_it() {
    let item = sample::by_rules();
    let given = json!({ "KEY_VAR": { "identifiers": ["correct1"] }, "KEY_VAR_B": { "number": { "number": "12345.6" } } });
    let response: Response = serde_json::from_value(given).unwrap();
    let scored = score(&item, &response);
    assert_eq!(scored.verdict, Verdict::Correct);
    let said: Vec<_> = scored
        .reasons
        .iter()
        .map(|reason| {
            (
                reason.code,
                reason.args.get("rule").cloned(),
                reason.args["points"].clone(),
            )
        })
        .collect();
    let rule = |rule: &str, points: &str| (ReasonCode::Rule, Some(rule.to_owned()), points.to_owned());
    assert_eq!(
        said,
        [
            (ReasonCode::ByRules, None, "3".to_owned()),
            rule("1.1", "1"),
            rule("1.2.1", "2")
        ]
    );
}

#[test]
fn which_rule_held_is_told_only_where_correct_answers_are() {
    let item = sample::by_rules();
    let response = serde_json::from_value(json!({ "KEY_VAR": { "identifiers": ["correct1"] } })).unwrap();
    let scored = score(&item, &response);
    let codes = |policy: Json| {
        let policy = serde_json::from_value(policy).unwrap();
        let view =
            FeedbackView::new(&item, crate::Seed(1), &response, &scored, policy, Hindsight::Over).unwrap();
        assert!(view.said.contains(&"Half of it.".to_owned()), "{:?}", view.said);
        view.reasons.iter().map(|reason| reason.code).collect::<Vec<_>>()
    };
    assert_eq!(codes(json!({ "when": "atEnd" })), [ReasonCode::ByRules]);
    assert_eq!(
        codes(json!({ "when": "atEnd", "correctAnswers": true })),
        [ReasonCode::ByRules, ReasonCode::Rule]
    );
}

#[test]
fn points_stay_within_nothing_and_the_maximum() {
    let mut item = sample::by_rules();
    item.outcomes[1].default_value = serde_json::from_value(json!([{ "float": "2" }])).unwrap();
    let all = json!({ "KEY_VAR": { "identifiers": ["correct1"] }, "KEY_VAR_B": { "number": { "number": "12345.6" } } });
    assert_eq!(
        (max_score(&item), points(&item, &all)),
        (hundredths(200), hundredths(200))
    );
    item.processing = serde_json::from_value(json!({ "rules": [
        { "do": { "setOutcomeValue": { "identifier": "SCORE", "value": { "baseValue": { "integer": -5 } } } } },
    ] }))
    .unwrap();
    assert_eq!(points(&item, &all), Points::ZERO);
}

#[test]
fn rules_see_where_in_a_picture_places_lie_and_go_through_qti_with_it() {
    let mut item = sample::select_point();
    item.responses[0].scoring = Scoring::ByRules;
    // Twice what the areas give; below zero outside, which only Cairn's own sums forbid.
    item.responses[0].area_mapping.as_mut().unwrap().default_value = hundredths(-100);
    let twice = json!({ "operation": { "operator": "product", "of": [
        { "mapResponsePoint": "KEY_VAR" }, { "baseValue": { "integer": 2 } },
    ] } });
    let set = |value: Json| json!({ "rules": [{ "do": { "setOutcomeValue": { "identifier": "SCORE", "value": value } } }] });
    item.processing = serde_json::from_value(set(twice)).unwrap();
    assert_eq!(item.check(), []);
    let xml = qti::write(&item, "item-1");
    let back = qti::read(xml.as_bytes(), &mut |name| Some(name.to_owned()))
        .unwrap()
        .item;
    for item in [&item, &back] {
        assert_eq!(max_score(item), hundredths(400));
        for (place, worth) in [([7919, 6733], 400), ([5500, 6133], 200), ([0, 0], 0)] {
            let given = json!({ "KEY_VAR": { "points": [place] } });
            assert_eq!(points(item, &given), hundredths(worth), "{place:?}");
        }
    }
    item.responses[0].area_mapping = None;
    let codes: Vec<_> = item.check().into_iter().map(|problem| problem.code).collect();
    assert!(codes.contains(&ProblemCode::NoMapping), "{codes:?}");
}

#[test]
fn an_exit_ends_the_rules_and_a_table_gives_a_value() {
    let mut item = sample::by_rules();
    item.outcomes[0].lookup_table = serde_json::from_value(json!({
        "exact": false, "defaultValue": { "float": "0" },
        "rows": [
            { "source": "10", "target": { "float": "2" } },
            { "source": "5", "includeBoundary": false, "target": { "float": "1" } },
        ],
    }))
    .unwrap();
    item.processing = serde_json::from_value(json!({ "rules": [
        { "do": { "lookupOutcomeValue": { "identifier": "SCORE", "value": { "variable": "KEY_VAR_B" } } } },
        "exit",
        { "do": { "setOutcomeValue": { "identifier": "SCORE", "value": { "baseValue": { "integer": 9 } } } } },
    ] }))
    .unwrap();
    let number = |number: &str| points(&item, &json!({ "KEY_VAR_B": { "number": { "number": number } } }));
    assert_eq!(
        ["10", "6", "5", "0"].map(number),
        [200, 100, 0, 0].map(hundredths)
    );
    assert_eq!(points(&item, &json!({})), Points::ZERO);
}

#[test]
fn rules_of_wrong_types_are_problems_with_their_place() {
    let problems = |rules: Json| {
        let mut item = sample::by_rules();
        item.processing = Some(serde_json::from_value(json!({ "rules": rules })).unwrap());
        let problems = item.check().into_iter();
        problems
            .map(|problem| format!("{}: {}", problem.path, problem.code))
            .collect::<Vec<_>>()
    };
    let set = |outcome: &str, value: Json| json!([{ "do": { "setOutcomeValue": { "identifier": outcome, "value": value } } }]);
    let path = "processing.rules[0].do.setOutcomeValue.value";
    assert_eq!(
        problems(set("SCORE", json!({ "variable": "KEY_VAR" }))),
        [format!("{path}: wrong-operand")]
    );
    assert_eq!(
        problems(set("SCORE", json!({ "mapResponse": "KEY_VAR" }))),
        [format!("{path}: no-mapping")]
    );
    assert_eq!(
        problems(set("NOBODY", json!("null"))),
        ["processing.rules[0].do: unknown-identifier"]
    );
    assert_eq!(
        problems(set(
            "SCORE",
            json!({ "randomInteger": { "min": 0, "max": 1, "step": 1 } })
        )),
        [format!("{path}: chance-in-scoring")]
    );
    let endless = json!({ "operation": { "operator": "sum", "of": [
        { "operation": { "operator": { "repeat": { "numberRepeats": 1_000_000 } }, "of": [{ "baseValue": { "float": "1" } }] } },
    ] } });
    assert_eq!(problems(set("SCORE", endless)), ["processing: rules-fail"]);
}

#[test]
fn an_item_without_rules_has_no_points_by_rules() {
    let mut item = sample::by_rules();
    item.processing = None;
    assert!(
        item.check()
            .iter()
            .any(|problem| problem.code.as_str() == "rules-differ")
    );
    let mut item = sample::single();
    item.processing = sample::by_rules().processing;
    assert!(
        item.check()
            .iter()
            .any(|problem| problem.code.as_str() == "rules-differ")
    );
}
