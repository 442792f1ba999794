use proptest::prelude::*;
use serde_json::{Value as Json, json};

use super::*;
use crate::assessment::{AreaEntry, AreaMapping, MapEntry, MapKey, Mapping, Point, Shape, sample};

fn scored(item: &Item, value: &Json) -> Score {
    score(
        item,
        &serde_json::from_value(json!({ "KEY_VAR": value })).unwrap(),
    )
}

/// Hundredths and verdict of the item's only response.
fn points(item: &Item, value: &Json) -> (i64, Verdict) {
    let score = scored(item, value);
    (score.points.hundredths(), score.verdict)
}

#[test]
fn nothing_answered_is_unanswered_and_not_wrong() {
    for item in sample::every_kind() {
        let score = score(&item, &Response::default());
        assert_eq!((score.points, score.verdict), (Points::ZERO, Verdict::Unanswered));
        assert!(score.max > Points::ZERO);
    }
}

#[test]
fn a_single_choice_is_right_or_wrong() {
    let item = sample::single();
    assert_eq!(
        points(&item, &json!({ "identifiers": ["correct1"] })),
        (100, Verdict::Correct)
    );
    assert_eq!(
        points(&item, &json!({ "identifiers": ["wrong-a"] })),
        (0, Verdict::Incorrect)
    );
}

#[test]
fn each_correct_choice_gives_its_share_and_each_wrong_one_takes_its_penalty() {
    let item = sample::multiple();
    for (chosen, expected) in [
        (vec!["correct1", "correct-22"], (100, Verdict::Correct)),
        (vec!["correct1"], (50, Verdict::Partly)),
        (vec!["correct1", "correct-22", "wrong"], (75, Verdict::Partly)),
        (vec!["correct1", "wrong"], (25, Verdict::Partly)),
        (
            vec!["correct1", "wrong", "wrong-bb", "wrong-ccc"],
            (0, Verdict::Incorrect),
        ),
        (vec!["wrong"], (0, Verdict::Incorrect)),
    ] {
        assert_eq!(
            points(&item, &json!({ "identifiers": chosen })),
            expected,
            "{chosen:?}"
        );
    }
}

#[test]
fn all_or_nothing_gives_nothing_for_a_part() {
    let mut item = sample::multiple();
    item.responses[0].scoring = Scoring::MatchCorrect { points: Points::ONE };
    assert_eq!(
        points(&item, &json!({ "identifiers": ["correct1"] })),
        (0, Verdict::Incorrect)
    );
    assert_eq!(
        points(&item, &json!({ "identifiers": ["correct-22", "correct1"] })),
        (100, Verdict::Correct)
    );
}

#[test]
fn a_mapping_adds_up_within_its_bounds() {
    let item = sample::mapped();
    for (chosen, expected) in [
        (vec!["correct1"], (200, Verdict::Partly)),
        (vec!["correct1", "correct-22"], (250, Verdict::Correct)),
        (vec!["correct1", "wrong"], (123, Verdict::Partly)),
        (vec!["wrong"], (0, Verdict::Incorrect)),
    ] {
        assert_eq!(
            points(&item, &json!({ "identifiers": chosen })),
            expected,
            "{chosen:?}"
        );
    }
}

#[test]
fn a_position_is_right_or_wrong_by_itself_and_a_gap_is_missed() {
    let item = sample::order();
    for (order, expected) in [
        (json!(["first", "second", "thirdly"]), (100, Verdict::Correct)),
        (json!(["first", "thirdly", "second"]), (33, Verdict::Partly)),
        (json!(["first", null, "thirdly"]), (67, Verdict::Partly)),
        (json!(["second", "thirdly", "first"]), (0, Verdict::Incorrect)),
    ] {
        assert_eq!(points(&item, &json!({ "order": order })), expected, "{order}");
    }
}

#[test]
fn a_pair_is_right_whatever_the_others_are() {
    let item = sample::matching();
    let given = json!({ "directedPairs": [["source-yy", "for-yy"], ["source-x", "nothing"]] });
    assert_eq!(points(&item, &given), (50, Verdict::Partly));
}

#[test]
fn a_variant_is_as_good_as_the_correct_text() {
    let item = sample::text();
    for good in ["colour-SECRET", " COLOR-secret "] {
        assert_eq!(
            points(&item, &json!({ "text": good })),
            (100, Verdict::Correct),
            "{good}"
        );
    }
    assert_eq!(
        points(&item, &json!({ "text": "colonel" })),
        (0, Verdict::Incorrect)
    );
}

#[test]
fn a_number_says_whether_it_or_its_unit_was_wrong() {
    let item = sample::numeric();
    for (given, code) in [
        (
            json!({ "number": "12", "unit": "kmSECRET" }),
            ReasonCode::WithinTolerance,
        ),
        (
            json!({ "number": "12", "unit": "mSECRET" }),
            ReasonCode::OutsideTolerance,
        ),
        (json!({ "number": "12345.6" }), ReasonCode::UnitMissing),
        (
            json!({ "number": "12345.6", "unit": "mile" }),
            ReasonCode::UnitUnknown,
        ),
    ] {
        assert_eq!(
            scored(&item, &json!({ "number": given })).responses[0].reasons[0].code,
            code,
            "{given}"
        );
    }
}

#[test]
fn each_gap_is_scored_by_itself() {
    let item = sample::gaps();
    let response = json!({
        "KEY_VAR": { "identifiers": ["wrong-a"] },
        "KEY_VAR_B": { "text": "WORD-secret" },
        "KEY_VAR_C": { "number": { "number": "12345.6" } },
    });
    let score = score(&item, &serde_json::from_value(response).unwrap());
    let verdicts: Vec<_> = score.responses.iter().map(|scored| scored.verdict).collect();
    assert_eq!(
        verdicts,
        [Verdict::Incorrect, Verdict::Incorrect, Verdict::Correct]
    );
    assert_eq!((score.points.hundredths(), score.max.hundredths()), (50, 250));
}

#[test]
fn a_word_too_many_takes_away_what_a_right_one_gives() {
    let item = sample::hottext();
    for (chosen, expected) in [
        (vec!["correct1", "correct-22"], (100, Verdict::Correct)),
        (vec!["correct1"], (50, Verdict::Partly)),
        (vec!["correct1", "wrong"], (0, Verdict::Incorrect)),
    ] {
        assert_eq!(
            points(&item, &json!({ "identifiers": chosen })),
            expected,
            "{chosen:?}"
        );
    }
}

#[test]
fn each_gap_with_its_text_gives_its_share_or_what_the_mapping_says() {
    let mut item = sample::gap_match();
    let given = json!({ "directedPairs": [["for-x", "gap-x"], ["nothing", "gap-yy"]] });
    assert_eq!(points(&item, &given), (50, Verdict::Partly));
    item.responses[0].scoring = Scoring::MapResponse;
    item.responses[0].mapping = serde_json::from_value(json!({ "entries": [
        { "key": ["for-x", "gap-x"], "value": 2 },
        { "key": ["for-yy", "gap-x"], "value": 1 },
        { "key": ["nothing", "gap-yy"], "value": 0.5 },
    ] }))
    .unwrap();
    assert_eq!(points(&item, &given), (250, Verdict::Correct));
}

#[test]
fn a_pair_is_the_same_whichever_end_stands_first() {
    let mut item = sample::associate();
    for (pairs, expected) in [
        (
            json!([["other-x", "one-x"], ["one-yy", "other-yy"]]),
            (100, Verdict::Correct),
        ),
        (
            json!([["other-x", "one-x"], ["one-yy", "one-x"]]),
            (50, Verdict::Partly),
        ),
    ] {
        assert_eq!(points(&item, &json!({ "pairs": pairs })), expected, "{pairs}");
    }
    item.responses[0].scoring = Scoring::MapResponse;
    let entries = json!({ "entries": [{ "key": ["one-x", "other-x"], "value": 2 }], "defaultValue": -1 });
    item.responses[0].mapping = serde_json::from_value(entries).unwrap();
    let turned = json!({ "pairs": [["other-x", "one-x"], ["one-yy", "one-x"]] });
    assert_eq!(points(&item, &turned), (100, Verdict::Partly));
}

#[test]
fn an_essay_waits_for_its_mark() {
    let item = sample::essay();
    let open = scored(&item, &json!({ "text": "I think." }));
    assert_eq!(open.verdict, Verdict::NeedsMarking);
    let Scoring::Rubric(rubric) = &item.responses[0].scoring else {
        panic!()
    };
    let mark = serde_json::from_value(json!({ "levels": { "argument": "sound" } })).unwrap();
    let marked = crate::assessment::mark(&item.responses[0].identifier, rubric, &mark).unwrap();
    let closed = open.with_mark(marked);
    assert_eq!(
        (closed.points.hundredths(), closed.verdict),
        (400, Verdict::Correct)
    );
}

#[test]
fn an_item_with_an_essay_keeps_the_points_of_its_other_responses() {
    let item = sample::all_in_one();
    let response = json!({ "KEY_VAR0": { "identifiers": ["correct1"] }, "KEY_VAR7": { "text": "I think." } });
    let score = score(&item, &serde_json::from_value(response).unwrap());
    assert_eq!(
        (score.points, score.verdict),
        (Points::ONE, Verdict::NeedsMarking)
    );
}

#[test]
fn a_score_is_the_same_after_json_and_back() {
    let score = scored(
        &sample::mapped(),
        &json!({ "identifiers": ["correct1", "wrong"] }),
    );
    let json = serde_json::to_string(&score).unwrap();
    assert_eq!(serde_json::from_str::<Score>(&json).unwrap(), score);
}

#[test]
fn a_place_counts_for_the_first_area_that_it_is_in() {
    let item = sample::select_point();
    for (point, expected) in [
        ([7919, 6733], (200, Verdict::Correct)),
        // On the edge of the circle.
        ([7919, 5720], (200, Verdict::Correct)),
        ([7919, 5719], (100, Verdict::Partly)),
        // In both, and the circle is looked at first.
        ([7500, 6500], (200, Verdict::Correct)),
        ([5318, 6133], (100, Verdict::Partly)),
        ([5317, 6133], (0, Verdict::Incorrect)),
    ] {
        assert_eq!(
            points(&item, &json!({ "points": [point] })),
            expected,
            "{point:?}"
        );
    }
}

#[test]
fn an_area_gives_its_points_once_and_a_place_in_none_the_default() {
    let item = sample::position_object();
    for (places, expected) in [
        (json!([[7000, 7000], [2777, 2777]]), (250, Verdict::Correct)),
        (json!([[7000, 7000]]), (200, Verdict::Partly)),
        // The second in the same area adds and costs nothing.
        (json!([[7000, 7000], [7001, 7001]]), (200, Verdict::Partly)),
        (json!([[7000, 7000], [10, 10]]), (123, Verdict::Partly)),
        (json!([[10, 10]]), (0, Verdict::Incorrect)),
    ] {
        assert_eq!(points(&item, &json!({ "points": places })), expected, "{places}");
    }
    let reasons = &scored(&item, &json!({ "points": [[10, 10], [7000, 7000]] })).responses[0].reasons;
    assert_eq!(reasons[0].args["point"], "10 10");
    assert_eq!(reasons[0].args["points"], "-0.77");
    assert_eq!(reasons[1].args["points"], "2");
}

const NAMES: [&str; 6] = [
    "correct1",
    "correct-22",
    "wrong",
    "wrong-bb",
    "wrong-ccc",
    "nobody",
];

fn some_points() -> impl Strategy<Value = Points> {
    (-500i64..500).prop_map(Points::from_hundredths)
}

fn some_names() -> impl Strategy<Value = Vec<Identifier>> {
    let name = proptest::sample::select(&NAMES[..]).prop_map(|name| name.parse().unwrap());
    proptest::collection::vec(name, 0..8)
}

fn some_mapping() -> impl Strategy<Value = Mapping> {
    let key = proptest::sample::select(&NAMES[..]).prop_map(|name| MapKey::Text(name.to_owned()));
    let entries = (key, some_points()).prop_map(|(key, value)| MapEntry { key, value });
    let bound = || proptest::option::of(some_points());
    (
        bound(),
        bound(),
        some_points(),
        proptest::collection::vec(entries, 0..6),
    )
        .prop_map(|(lower_bound, upper_bound, default_value, entries)| Mapping {
            lower_bound,
            upper_bound,
            default_value,
            entries,
        })
}

fn some_places() -> impl Strategy<Value = Vec<Point>> {
    let place = [1_000u16..9_000, 1_000..8_000].prop_map(Point::from);
    proptest::collection::vec(place, 0..6)
}

fn some_areas() -> impl Strategy<Value = AreaMapping> {
    let circle = ([0u16..9_000, 0..8_000], 0u16..4_000);
    let entry = (circle, some_points()).prop_map(|(([x, y], radius), value)| AreaEntry {
        shape: Shape::Circle { x, y, radius },
        value,
    });
    let bound = || proptest::option::of(some_points());
    (
        bound(),
        bound(),
        some_points(),
        proptest::collection::vec(entry, 0..5),
    )
        .prop_map(|(lower_bound, upper_bound, default_value, entries)| AreaMapping {
            lower_bound,
            upper_bound,
            default_value,
            entries,
        })
}

fn some_scoring() -> impl Strategy<Value = Scoring> {
    prop_oneof![
        some_points().prop_map(|points| Scoring::MatchCorrect { points }),
        Just(Scoring::MapResponse),
        Just(Scoring::MapResponsePoint),
        (some_points(), any::<u8>()).prop_map(|(points, penalty)| Scoring::PerOption { points, penalty }),
    ]
}

fn some_value() -> impl Strategy<Value = Value> {
    prop_oneof![
        some_names().prop_map(Value::Identifiers),
        some_names().prop_map(|names| Value::Order(names.into_iter().map(Some).collect())),
        some_names().prop_map(|names| {
            let pairs = names
                .windows(2)
                .map(|pair| [pair[0].clone(), pair[1].clone()].into());
            Value::DirectedPairs(pairs.collect())
        }),
        ".{0,10}".prop_map(Value::Text),
        some_places().prop_map(Value::Points),
        some_names().prop_map(|names| {
            let pairs = names
                .windows(2)
                .map(|pair| [pair[0].clone(), pair[1].clone()].into());
            Value::Pairs(pairs.collect())
        }),
        "-?[0-9]{1,4}".prop_map(|number| {
            serde_json::from_value(json!({ "number": { "number": number } })).unwrap()
        }),
    ]
}

proptest! {
    #[test]
    fn points_are_never_below_zero_nor_above_the_maximum(
        item in proptest::sample::select(sample::every_kind()),
        scoring in some_scoring(),
        mapping in proptest::option::of(some_mapping()),
        areas in proptest::option::of(some_areas()),
        key in proptest::option::of(some_value()),
        given in some_value(),
    ) {
        let mut item = item;
        item.responses[0].scoring = scoring;
        item.responses[0].mapping = mapping;
        item.responses[0].area_mapping = areas;
        item.responses[0].correct_response = key;
        let response = Response { values: [(item.responses[0].identifier.clone(), given)].into() };
        let score = score(&item, &response);
        prop_assert!(Points::ZERO <= score.points && score.points <= score.max, "{score:?}");
    }

    #[test]
    fn the_order_in_which_choices_are_sent_never_matters(
        item in proptest::sample::select(vec![sample::multiple(), sample::mapped()]),
        names in some_names().prop_shuffle(),
    ) {
        let mut sorted = names.clone();
        sorted.sort();
        let [one, other] = [names, sorted].map(|names| {
            let values = [(item.responses[0].identifier.clone(), Value::Identifiers(names))].into();
            score(&item, &Response { values })
        });
        prop_assert_eq!(one, other);
    }

    #[test]
    fn the_order_in_which_places_are_sent_and_sending_one_twice_never_matters(
        areas in some_areas(), places in some_places().prop_shuffle(),
    ) {
        let mut item = sample::position_object();
        item.responses[0].area_mapping = Some(areas);
        let mut sorted = places.clone();
        sorted.sort();
        sorted.extend(places.first().copied());
        let [one, other] = [places, sorted].map(|places| {
            let values = [(item.responses[0].identifier.clone(), Value::Points(places))].into();
            score(&item, &Response { values })
        });
        prop_assert_eq!(one, other);
    }

    #[test]
    fn one_more_correct_choice_never_costs_and_one_more_wrong_choice_never_pays(
        names in some_names(), penalty in 0u8..=100,
    ) {
        let mut item = sample::multiple();
        item.responses[0].scoring = Scoring::PerOption { points: Points::ONE, penalty };
        let earned = |names: &[Identifier], more: &str| {
            let all = names.iter().cloned().chain([more.parse().unwrap()]).collect();
            let values = [(item.responses[0].identifier.clone(), Value::Identifiers(all))].into();
            score(&item, &Response { values }).points
        };
        let before = names.first().map_or(Points::ZERO, |first| earned(&names, first.as_str()));
        prop_assert!(earned(&names, "correct1") >= before);
        prop_assert!(earned(&names, "wrong") <= before);
    }
}
