use proptest::prelude::*;
use serde_json::json;

use super::*;
use crate::assessment::{ControlView, InteractionView, ItemView, sample};

const SEED: Seed = Seed(11);

fn interaction(item: &Item) -> InteractionView {
    ItemView::new(item, SEED).interactions().next().unwrap().clone()
}

/// The names of choices, sources or targets, whichever stand first.
fn ids(item: &Item) -> Vec<String> {
    match interaction(item).control {
        ControlView::Choice { choices, .. }
        | ControlView::InlineChoice { choices }
        | ControlView::Order { choices } => choices.into_iter().map(|choice| choice.id).collect(),
        ControlView::Hottext { text, .. } => text.parts().map(|word| word.id.clone()).collect(),
        ControlView::GapMatch { gap_texts, text } => {
            let texts = gap_texts.into_iter().map(|choice| choice.id);
            texts.chain(text.parts().cloned()).collect()
        }
        ControlView::Hotspot { regions, .. } | ControlView::GraphicAssociate { regions, .. } => {
            regions.into_iter().map(|region| region.id).collect()
        }
        ControlView::GraphicGapMatch {
            gap_texts, regions, ..
        } => {
            let texts = gap_texts.into_iter().map(|text| text.id);
            texts.chain(regions.into_iter().map(|region| region.id)).collect()
        }
        ControlView::Associate { choices, .. } => choices.into_iter().map(|choice| choice.id).collect(),
        ControlView::Match { sources, targets } => sources
            .into_iter()
            .chain(targets)
            .map(|choice| choice.id)
            .collect(),
        _ => Vec::new(),
    }
}

fn read(item: &Item, fields: &[(&str, &str)]) -> Result<Response, Vec<(String, &'static str)>> {
    let fields: Vec<_> = fields
        .iter()
        .map(|(name, value)| ((*name).to_owned(), (*value).to_owned()))
        .collect();
    let named = |fault: FieldFault| (fault.field, fault.code.as_str());
    Response::from_form(item, SEED, &fields).map_err(|faults| faults.into_iter().map(named).collect())
}

fn fault(field: &str, code: &'static str) -> Result<Response, Vec<(String, &'static str)>> {
    Err(vec![(field.to_owned(), code)])
}

#[test]
fn blank_and_missing_fields_are_not_answered() {
    let none = Ok(Response::default());
    let item = sample::all_in_one();
    assert_eq!(read(&item, &[]), none);
    assert_eq!(
        read(
            &item,
            &[
                ("r.1", ""),
                ("r.4", "\u{f} \t"),
                ("r.5", ""),
                ("r.8", "\r\n"),
                ("csrf", "x")
            ]
        ),
        none
    );
}

#[test]
fn a_choice_takes_what_was_offered_in_this_attempt_only() {
    let (single, multiple) = (sample::single(), sample::multiple());
    let id = ids(&single);
    assert!(read(&single, &[("r.1", &id[0])]).is_ok());
    assert_eq!(
        read(&single, &[("r.1", &id[0]), ("r.1", &id[1])]),
        fault("r.1", "several-values")
    );
    assert_eq!(
        read(&single, &[("r.1", "correct1")]),
        fault("r.1", "unknown-choice")
    );
    assert_eq!(read(&single, &[("r.2", &id[0])]), fault("r.2", "unknown-field"));
    let many = ids(&multiple);
    let twice = read(
        &multiple,
        &[("r.1", &many[0]), ("r.1", &many[1]), ("r.1", &many[0])],
    )
    .unwrap();
    assert_eq!(
        twice,
        read(&multiple, &[("r.1", &many[1]), ("r.1", &many[0])]).unwrap()
    );
    let other_attempt = [("r.1".to_owned(), id[0].clone())];
    assert!(Response::from_form(&single, Seed(12), &other_attempt).is_err());
}

#[test]
fn the_most_choices_are_enforced_where_they_are_shown() {
    let mut item = sample::multiple();
    let Some(crate::assessment::Block::Interaction(Interaction::Choice(it))) = item.body.get_mut(1) else {
        panic!()
    };
    it.max_choices = Some(1);
    let id = ids(&item);
    assert_eq!(
        read(&item, &[("r.1", &id[0]), ("r.1", &id[1])]),
        fault("r.1", "too-many-chosen")
    );
}

#[test]
fn an_order_may_have_gaps_but_no_position_twice() {
    let item = sample::order();
    let fields: Vec<_> = ids(&item).iter().map(|id| format!("r.1.{id}")).collect();
    let response = read(&item, &[(&fields[0], "3"), (&fields[1], ""), (&fields[2], "1")]).unwrap();
    let Some(Value::Order(places)) = response.values.values().next() else {
        panic!()
    };
    assert_eq!(
        places.iter().map(Option::is_some).collect::<Vec<_>>(),
        [true, false, true]
    );
    for (position, code) in [
        ("0", "bad-position"),
        ("4", "bad-position"),
        ("x", "bad-position"),
    ] {
        assert_eq!(read(&item, &[(&fields[0], position)]), fault(&fields[0], code));
    }
    let twice = read(&item, &[(&fields[0], "2"), (&fields[1], "2")]).unwrap_err();
    assert_eq!(twice[0].1, "same-position");
}

#[test]
fn a_source_takes_a_target_and_no_other_source() {
    let item = sample::matching();
    let ids = ids(&item);
    let source = format!("r.1.{}", ids[0]);
    assert!(read(&item, &[(&source, &ids[2])]).is_ok());
    assert_eq!(
        read(&item, &[(&source, &ids[1])]),
        fault(&source, "unknown-choice")
    );
    assert_eq!(
        read(&item, &[(&source, &ids[2]), (&source, &ids[3])]),
        fault(&source, "too-many-chosen")
    );
}

#[test]
fn a_target_takes_no_more_sources_than_it_may() {
    let mut item = sample::matching();
    let Some(crate::assessment::Block::Interaction(Interaction::Match(it))) = item.body.get_mut(1) else {
        panic!()
    };
    it.targets
        .iter_mut()
        .for_each(|target| target.match_max = Some(1));
    let ids = ids(&item);
    let [a, b] = [0, 1].map(|source| format!("r.1.{}", ids[source]));
    let faults = read(&item, &[(&a, &ids[2]), (&b, &ids[2])]).unwrap_err();
    assert_eq!(
        faults.iter().map(|(_, code)| *code).collect::<Vec<_>>(),
        ["target-full"]
    );
}

#[test]
fn each_gap_of_a_text_is_an_answer_of_its_own() {
    let item = sample::gaps();
    let id = ids(&item);
    let response = read(&item, &[("r.1", &id[0]), ("r.3", "7")]).unwrap();
    let answered: Vec<_> = response.values.keys().map(Identifier::as_str).collect();
    assert_eq!(answered, ["KEY_VAR", "KEY_VAR_C"]);
    assert_eq!(
        read(&item, &[("r.1", &id[0]), ("r.2", "word"), ("r.3", "about seven")]),
        fault("r.3", "not-a-number")
    );
    assert_eq!(
        read(&item, &[("r.1", &id[0]), ("r.1", &id[1])]),
        fault("r.1", "several-values")
    );
}

#[test]
fn words_of_a_text_are_chosen_like_any_choices() {
    let item = sample::hottext();
    let id = ids(&item);
    let response = read(&item, &[("r.1", &id[2]), ("r.1", &id[0])]).unwrap();
    let value = serde_json::to_value(response.values.values().next()).unwrap();
    assert_eq!(value, json!({ "identifiers": ["correct-22", "correct1"] }));
    assert_eq!(read(&item, &[("r.1", "word")]), fault("r.1", "unknown-choice"));
}

#[test]
fn a_gap_takes_a_text_and_a_text_goes_into_one_gap() {
    let item = sample::gap_match();
    let id = ids(&item);
    let [here, there] = [3, 4].map(|gap| format!("r.1.{}", id[gap]));
    let response = read(&item, &[(&here, &id[0]), (&there, "")]).unwrap();
    let Some(Value::DirectedPairs(pairs)) = response.values.values().next() else {
        panic!()
    };
    assert_eq!((pairs.len(), pairs[0].target.as_str()), (1, "gap-x"));
    assert_eq!(read(&item, &[(&here, &id[4])]), fault(&here, "unknown-choice"));
    assert_eq!(
        read(&item, &[(&here, &id[0]), (&here, &id[1])]),
        fault(&here, "several-values")
    );
    assert_eq!(
        read(&item, &[(&here, &id[0]), (&there, &id[0])]),
        fault(&there, "target-full")
    );
    let fields = response.to_form(&item, SEED);
    assert_eq!(Response::from_form(&item, SEED, &fields), Ok(response));
}

#[test]
fn a_pair_has_two_ends_in_no_order_and_each_choice_is_in_one_pair() {
    let item = sample::associate();
    let id = ids(&item);
    let response = read(
        &item,
        &[("r.1.2.a", &id[0]), ("r.1.2.b", &id[1]), ("r.1.1.a", "")],
    )
    .unwrap();
    let turned = read(&item, &[("r.1.1.a", &id[1]), ("r.1.1.b", &id[0])]).unwrap();
    assert_eq!(response, turned);
    let fields = response.to_form(&item, SEED);
    assert_eq!(Response::from_form(&item, SEED, &fields), Ok(response));
    assert_eq!(read(&item, &[("r.1.1.a", &id[0])]), fault("r.1.1.b", "half-pair"));
    assert_eq!(
        read(&item, &[("r.1.1.a", &id[0]), ("r.1.1.b", &id[0])]),
        fault("r.1.1.b", "self-pair")
    );
    let pairs = [
        ("r.1.1.a", &*id[0]),
        ("r.1.1.b", &*id[1]),
        ("r.1.2.a", &*id[0]),
        ("r.1.2.b", &*id[2]),
    ];
    assert_eq!(read(&item, &pairs), fault("r.1.2.a", "target-full"));
    assert_eq!(
        read(&item, &[("r.1.3.a", &id[0]), ("r.1.3.b", &id[1])])
            .unwrap_err()
            .len(),
        2,
        "there is room for two pairs"
    );
}

#[test]
fn a_slider_takes_its_steps_and_nothing_between_or_beyond() {
    let item = sample::slider();
    for (typed, code) in [
        ("20000.2", Some("out-of-range")),
        ("-1", Some("out-of-range")),
        ("0.3", Some("off-step")),
        ("5 m", Some("not-a-number")),
        ("0.4", None),
        ("20000", None),
    ] {
        let found = read(&item, &[("r.1", typed)]).err().map(|faults| faults[0].1);
        assert_eq!(found, code, "{typed}");
    }
}

#[test]
fn regions_of_a_picture_are_chosen_ordered_paired_and_filled_like_any_choices() {
    let item = sample::hotspot();
    let names = ids(&item);
    let response = read(&item, &[("r.1", &names[1]), ("r.1", &names[3])]).unwrap();
    // From the top: the spit, the third arm, the second, the first.
    let chosen: Value = serde_json::from_value(json!({ "identifiers": ["correct1", "wrong"] })).unwrap();
    assert_eq!(response.values.values().next(), Some(&chosen));
    assert_eq!(
        read(&item, &[("r.1", "correct1")]),
        fault("r.1", "unknown-choice")
    );

    let item = sample::graphic_gap_match();
    let names = ids(&item);
    let [text, gap] = [&names[0], &names[3]];
    let field = format!("r.1.{gap}");
    assert!(matches!(
        read(&item, &[(&field, text)]).unwrap().values.values().next(),
        Some(Value::DirectedPairs(pairs)) if pairs.len() == 1
    ));
    let other = format!("r.1.{}", names[4]);
    assert_eq!(
        read(&item, &[(&field, text), (&other, text)]),
        fault(&field, "target-full")
    );

    let item = sample::graphic_associate();
    let names = ids(&item);
    let pair = read(&item, &[("r.1.1.a", &names[0]), ("r.1.1.b", &names[1])]).unwrap();
    assert_eq!(pair.to_form(&item, SEED).len(), 2);
    assert_eq!(
        read(&item, &[("r.1.2.a", &names[0])]),
        fault("r.1.2.b", "half-pair")
    );
}

#[test]
fn a_place_is_told_in_percent_across_and_down() {
    let item = sample::select_point();
    let value = |typed: &[(&str, &str)]| read(&item, typed).map(|read| read.values.into_values().next());
    let places = |places: &[[u16; 2]]| Some(Value::Points(places.iter().map(|it| (*it).into()).collect()));
    assert_eq!(
        value(&[("r.1.1.x", "50"), ("r.1.1.y", "12,5")]),
        Ok(places(&[[4_500, 1_000]]))
    );
    assert_eq!(value(&[("r.1.1.x", ""), ("r.1.1.y", " ")]), Ok(None));
    for (x, y, field, code) in [
        ("50", "", "r.1.1.y", "half-point"),
        ("", "50", "r.1.1.x", "half-point"),
        ("half", "50", "r.1.1.x", "not-a-number"),
        ("50", "101", "r.1.1.y", "out-of-range"),
    ] {
        assert_eq!(
            read(&item, &[("r.1.1.x", x), ("r.1.1.y", y)]),
            fault(field, code),
            "{x} {y}"
        );
    }
    // There is room for one place here, and for two there.
    assert_eq!(
        read(&item, &[("r.1.2.x", "1"), ("r.1.2.y", "1")])
            .unwrap_err()
            .len(),
        2
    );
    let item = sample::position_object();
    let two = [
        ("r.1.2.x", "1"),
        ("r.1.2.y", "1"),
        ("r.1.1.x", "2"),
        ("r.1.1.y", "1"),
    ];
    let response = read(&item, &two).unwrap();
    assert_eq!(
        response.values.values().next(),
        places(&[[90, 80], [180, 80]]).as_ref()
    );
    let shown = response.to_form(&item, SEED);
    assert_eq!(shown[0], ("r.1.1.x".to_owned(), "1".to_owned()));
    assert_eq!(Response::from_form(&item, SEED, &shown), Ok(response));
}

#[test]
fn texts_and_numbers_are_bounded_and_clean() {
    let (text, numeric, essay) = (sample::text(), sample::numeric(), sample::essay());
    assert_eq!(
        read(&text, &[("r.1", &"x".repeat(1_001))]),
        fault("r.1", "too-long")
    );
    assert_eq!(
        read(&numeric, &[("r.1", "about five")]),
        fault("r.1", "not-a-number")
    );
    let written = read(&essay, &[("r.1", "one\r\n\u{0}two")]).unwrap();
    assert_eq!(
        written.values.values().next(),
        Some(&Value::Text("one\n two".to_owned()))
    );
    assert_eq!(
        read(&essay, &vec![("r.1", "x"); 2_001]),
        fault("", "too-many-fields")
    );
}

#[test]
fn json_is_read_by_the_same_rules() {
    let item = sample::multiple();
    let ids = ids(&item);
    let from_form = read(&item, &[("r.1", &ids[0]), ("r.1", &ids[1])]).unwrap();
    let json = json!({ "r.1": [ids[0], ids[1]], "note": null });
    assert_eq!(Response::from_json(&item, SEED, &json).unwrap(), from_form);
    for bad in [
        json!([]),
        json!({ "r.1": { "deep": [] } }),
        json!({ "r.1": [["deep"]] }),
    ] {
        assert!(Response::from_json(&item, SEED, &bad).is_err(), "{bad}");
    }
}

proptest! {
    #[test]
    fn what_is_shown_again_reads_the_same(seed: i64, text in "\\PC{1,20}", number in "[1-9]{1,5}", bits: u8) {
        let item = sample::all_in_one();
        let choices = |index: usize| {
            let names = item.interactions().nth(index).unwrap().choices();
            let chosen = names.into_iter().enumerate().filter(|(index, _)| bits & (1 << index) != 0);
            chosen.map(|(_, name)| name.clone()).collect::<BTreeSet<_>>().into_iter().collect::<Vec<_>>()
        };
        let order = choices(5).into_iter().map(Some).chain([None]).rev().collect::<Vec<_>>();
        let quantity = json!({ "number": { "number": number, "unit": "km" } });
        let values = [
            (1, Value::Identifiers(choices(1))),
            (3, Value::Text(text.clone())),
            (4, serde_json::from_value(quantity).unwrap()),
            (5, Value::Order(order)),
            (7, Value::Text(text)),
            (8, Value::Identifiers(choices(8).into_iter().take(1).collect())),
            (9, Value::Identifiers(choices(11))),
        ];
        let is_answer = |value: &Value| match value {
            Value::Identifiers(choices) => !choices.is_empty(),
            Value::Order(places) => places.iter().any(Option::is_some) && places.len() <= 3,
            Value::Text(text) => !text.trim().is_empty(),
            _ => true,
        };
        let values = values.into_iter().filter(|(_, value)| is_answer(value));
        let values = values.map(|(index, value)| (format!("KEY_VAR{index}").parse().unwrap(), value));
        let response = Response { values: values.collect() };
        let fields = response.to_form(&item, Seed(seed));
        prop_assert_eq!(Response::from_form(&item, Seed(seed), &fields), Ok(response));
    }

    #[test]
    fn no_form_panics(
        fields in proptest::collection::vec(("r\\.[0-9]{0,2}(\\.[0-9a-f]{0,16})?(\\.[abxy])?", ".{0,30}"), 0..20),
    ) {
        let _ = Response::from_form(&sample::all_in_one(), SEED, &fields);
    }
}
