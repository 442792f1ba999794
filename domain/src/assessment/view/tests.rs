use std::collections::BTreeMap;

use proptest::prelude::*;

use super::*;
use crate::assessment::{Feedback, Identifier, Value, sample};

fn json(item: &Item, seed: Seed) -> String {
    serde_json::to_string(&ItemView::new(item, seed)).unwrap()
}

/// The contents of the choices, in the order shown.
fn shown(item: &Item, seed: Seed) -> Vec<String> {
    let view = ItemView::new(item, seed);
    match &view.interactions().next().unwrap().control {
        ControlView::Choice { choices, .. }
        | ControlView::InlineChoice { choices }
        | ControlView::Order { choices } => choices.iter().map(|choice| choice.content.clone()).collect(),
        ControlView::Associate { choices, .. } => {
            choices.iter().map(|choice| choice.content.clone()).collect()
        }
        ControlView::GapMatch { gap_texts, .. } => {
            gap_texts.iter().map(|text| text.content.clone()).collect()
        }
        ControlView::Match { targets, .. } => targets.iter().map(|target| target.content.clone()).collect(),
        _ => panic!(),
    }
}

#[test]
fn neither_key_nor_title_nor_feedback_nor_any_authored_identifier_is_in_a_view() {
    let secrets = [
        "7919", "6733", "1013", "1811", "6599", "7451", "3803", "SECRET", "KEY_VAR", "12345", "7.75", "0.77",
        "1000.06", "points", "penalty", "correct", "wrong",
    ];
    let authored = serde_json::to_string(&sample::all_in_one()).unwrap();
    assert!(
        secrets.iter().all(|secret| authored.contains(secret)),
        "there is something to find"
    );
    for item in sample::every_kind().into_iter().chain([sample::all_in_one()]) {
        let view = json(&item, Seed(5));
        let identifiers = item.interactions().flat_map(Interaction::choices);
        for secret in secrets.into_iter().chain(identifiers.map(Identifier::as_str)) {
            assert!(!view.contains(secret), "{secret} in {view}");
        }
    }
}

#[test]
fn the_view_of_an_order_or_match_says_nothing_by_its_order() {
    for item in [
        sample::single(),
        sample::order(),
        sample::matching(),
        sample::gaps(),
        sample::gap_match(),
    ] {
        let mut counts = BTreeMap::new();
        for seed in 0..6_000 {
            *counts.entry(shown(&item, Seed(seed))).or_insert(0) += 1;
        }
        assert_eq!(counts.len(), 6, "all orders of three");
        assert!(
            counts.values().all(|count| (850..1150).contains(count)),
            "{counts:?}"
        );
    }
}

#[test]
fn a_fixed_choice_keeps_its_place_and_an_unshuffled_list_its_order() {
    let mut item = sample::single();
    let Some(Block::Interaction(Interaction::Choice(it))) = item.body.get_mut(1) else {
        panic!()
    };
    it.choices[2].fixed = true;
    let last = it.choices[2].content.clone();
    let authored: Vec<_> = it.choices.iter().map(|choice| choice.content.clone()).collect();
    assert!((0..50).all(|seed| shown(&item, Seed(seed))[2] == last));
    let Some(Block::Interaction(Interaction::Choice(it))) = item.body.get_mut(1) else {
        panic!()
    };
    it.shuffle = false;
    assert!((0..50).all(|seed| shown(&item, Seed(seed)) == authored));
}

proptest! {
    #[test]
    fn the_view_does_not_depend_on_the_key(seed: i64, turn in 0usize..5) {
        for item in sample::every_kind() {
            let mut other = item.clone();
            other.title = "Another".to_owned();
            other.feedback = Feedback::default();
            let declaration = &mut other.responses[0];
            declaration.mapping = None;
            declaration.area_mapping = None;
            match &mut declaration.correct_response {
                Some(Value::Order(key)) => key.rotate_left(turn % 3),
                Some(Value::DirectedPairs(key)) => key.truncate(turn % 2),
                key => *key = None,
            }
            prop_assert_eq!(json(&item, Seed(seed)), json(&other, Seed(seed)));
        }
    }

    #[test]
    fn names_differ_from_attempt_to_attempt(seed: i64) {
        prop_assert_ne!(json(&sample::single(), Seed(seed)), json(&sample::single(), Seed(seed ^ 1)));
    }
}

#[test]
fn regions_stand_as_they_lie_whatever_their_author_wrote_first() {
    let item = sample::graphic_order();
    let mut turned = item.clone();
    let Some(Block::Interaction(Interaction::GraphicOrder(it))) = turned.body.get_mut(1) else {
        panic!()
    };
    it.hotspots.reverse();
    let regions = |item: &Item| {
        let view = ItemView::new(item, Seed(4));
        let Some(ControlView::GraphicOrder { regions, .. }) =
            view.interactions().next().map(|it| it.control.clone())
        else {
            panic!()
        };
        regions
    };
    let names: Vec<_> = regions(&item).into_iter().map(|it| it.content).collect();
    assert_eq!(names, ["Arm 2", "Arm 1", "Arm 0"], "from the top down");
    assert_eq!(regions(&turned), regions(&item));
}

#[test]
fn a_view_names_the_files_of_its_pictures() {
    let view = ItemView::new(&sample::position_object(), Seed(1));
    assert_eq!(
        view.pictures().collect::<Vec<_>>(),
        ["maps/delta.png", "maps/boat.png"]
    );
    let view = ItemView::new(&sample::graphic_gap_match(), Seed(1));
    assert!(view.texts().any(|text| text.contains("maps/mill.png")));
}
