use proptest::prelude::*;
use serde_json::{Value as Json, json};
use uuid::Uuid;

use super::*;
use crate::assessment::sample;

fn version(n: u128) -> ItemVersionId {
    ItemVersionId(Uuid::from_u128(n))
}

fn answer(value: &Json) -> Response {
    serde_json::from_value(json!({ "KEY_VAR": value })).unwrap()
}

fn chose(choice: &str) -> Response {
    answer(&json!({ "identifiers": [choice] }))
}

/// The same item with some of its JSON changed.
fn changed(item: &Item, from: &str, to: &str) -> Item {
    let json = serde_json::to_string(item).unwrap();
    assert!(json.contains(from), "{from} not in {json}");
    serde_json::from_str(&json.replace(from, to)).unwrap()
}

fn other_key() -> Item {
    changed(
        &sample::single(),
        r#""correctResponse":{"identifiers":["correct1"]}"#,
        r#""correctResponse":{"identifiers":["wrong-a"]}"#,
    )
}

fn no_marks() -> BTreeMap<Identifier, Mark> {
    BTreeMap::new()
}

fn earned(correction: Option<Correction<'_>>, response: &Response) -> (Points, Points) {
    let score = corrected(&sample::single(), response, &no_marks(), correction);
    (score.points, score.max)
}

#[test]
fn another_key_turns_right_into_wrong_and_wrong_into_right() {
    let by = other_key();
    let key = Some(Correction::KeyOf(version(2), &by));
    assert_eq!(earned(key, &chose("wrong-a")), (Points::ONE, Points::ONE));
    assert_eq!(earned(key, &chose("correct1")), (Points::ZERO, Points::ONE));
    let score = corrected(&sample::single(), &chose("wrong-a"), &no_marks(), key);
    assert_eq!(score.amended, Some(Amendment::Regrade(Remedy::KeyOf(version(2)))));
}

#[test]
fn full_credit_is_for_those_who_left_it_open_too() {
    for response in [Response::default(), chose("wrong-a"), chose("correct1")] {
        let score = corrected(
            &sample::single(),
            &response,
            &no_marks(),
            Some(Correction::FullCredit),
        );
        assert_eq!((score.points, score.verdict), (score.max, Verdict::Correct));
        assert!(score.responses.iter().all(|part| part.points == part.max));
    }
}

#[test]
fn what_is_dropped_has_nothing_to_earn_and_waits_for_no_mark() {
    for item in sample::every_kind() {
        for response in [Response::default(), answer(&json!({ "text": "words" }))] {
            let score = corrected(&item, &response, &no_marks(), Some(Correction::Drop));
            assert_eq!((score.points, score.max), (Points::ZERO, Points::ZERO));
            assert_ne!(score.verdict, Verdict::NeedsMarking);
            assert!(score.is_dropped());
        }
    }
}

#[test]
fn a_mark_still_counts_when_its_criteria_are_worth_something_else() {
    let essay = sample::essay();
    let Scoring::Rubric(rubric) = &essay.responses[0].scoring else {
        panic!("a rubric")
    };
    let levels = rubric.criteria.iter().map(|criterion| {
        let best = criterion.levels.iter().max_by_key(|level| level.points).unwrap();
        (criterion.identifier.clone(), best.identifier.clone())
    });
    let mark = Mark {
        levels: levels.collect(),
        comment: String::new(),
        annotations: Vec::new(),
    };
    let marks = BTreeMap::from([(essay.responses[0].identifier.clone(), mark)]);
    let response = answer(&json!({ "text": "A river." }));
    let first = corrected(&essay, &response, &marks, None);
    assert_eq!(first.points, first.max);

    let mut dearer = essay.clone();
    if let Scoring::Rubric(rubric) = &mut dearer.responses[0].scoring {
        for level in rubric.criteria.iter_mut().flat_map(|it| &mut it.levels) {
            level.points = level.points + level.points;
        }
    }
    assert_eq!(may_score(&essay, &dearer), Ok(()));
    let again = corrected(
        &essay,
        &response,
        &marks,
        Some(Correction::KeyOf(version(2), &dearer)),
    );
    assert_eq!(again.points, first.points + first.points);
}

#[test]
fn points_that_an_assessor_sets_stay_within_what_there_is() {
    for (set, given) in [(50, 50), (-1, 0), (900, 100)] {
        let points = Correction::Points(Points::from_hundredths(set));
        let score = corrected(&sample::single(), &chose("wrong-a"), &no_marks(), Some(points));
        assert_eq!(score.points, Points::from_hundredths(given));
        assert_eq!(score.amended, Some(Amendment::Appeal));
    }
}

#[test]
fn a_version_with_another_key_scores_and_one_that_asks_something_else_does_not() {
    let single = sample::single();
    assert_eq!(may_score(&single, &other_key()), Ok(()));
    let code = |other: &Item| may_score(&single, other).unwrap_err().code;
    assert_eq!(
        code(&changed(&single, "wrong-bb", "wrong-c")),
        DifferenceCode::Choices
    );
    assert_eq!(
        code(&changed(&single, "KEY_VAR", "OTHER")),
        DifferenceCode::Responses
    );
    assert_eq!(code(&sample::multiple()), DifferenceCode::Type);
    assert_eq!(code(&sample::text()), DifferenceCode::Type);
    let (text, essay) = (sample::text(), sample::essay());
    assert_eq!(
        may_score(&text, &essay).unwrap_err().code,
        DifferenceCode::Marking
    );
}

#[test]
fn every_kind_may_be_scored_by_itself() {
    for item in sample::every_kind().into_iter().chain([sample::all_in_one()]) {
        assert_eq!(may_score(&item, &item), Ok(()));
    }
}

#[test]
fn a_score_that_stands_as_it_was_given_is_written_as_before() {
    let score = corrected(&sample::single(), &chose("correct1"), &no_marks(), None);
    let json = serde_json::to_string(&score).unwrap();
    assert!(!json.contains("amended"), "{json}");
    let dropped = corrected(
        &sample::single(),
        &chose("correct1"),
        &no_marks(),
        Some(Correction::Drop),
    );
    let json = serde_json::to_string(&dropped).unwrap();
    assert_eq!(serde_json::from_str::<Score>(&json).unwrap(), dropped);
}

#[test]
fn levels_that_an_assessor_gives_on_looking_again_take_the_place_of_those_before() {
    let essay = sample::essay();
    let Scoring::Rubric(rubric) = &essay.responses[0].scoring else {
        panic!("a rubric")
    };
    let marks = |best: bool| {
        let levels = rubric.criteria.iter().map(|criterion| {
            let by_points = |level: &&crate::assessment::Level| level.points;
            let level = if best {
                criterion.levels.iter().max_by_key(by_points)
            } else {
                criterion.levels.iter().min_by_key(by_points)
            };
            (criterion.identifier.clone(), level.unwrap().identifier.clone())
        });
        let mark = Mark {
            levels: levels.collect(),
            comment: String::new(),
            annotations: Vec::new(),
        };
        BTreeMap::from([(essay.responses[0].identifier.clone(), mark)])
    };
    let response = answer(&json!({ "text": "A river." }));
    let again = marks(true);
    let score = corrected(&essay, &response, &marks(false), Some(Correction::Marks(&again)));
    assert_eq!(
        (score.points, score.amended),
        (score.max, Some(Amendment::Appeal))
    );
    assert!(!score.is_as_whole(), "its parts say how it comes about");
}

#[test]
fn points_for_the_whole_leave_the_parts_without_a_say() {
    let of = |correction| corrected(&sample::single(), &chose("wrong-a"), &no_marks(), correction);
    assert!(of(Some(Correction::Points(Points::ONE))).is_as_whole());
    assert!(of(Some(Correction::Drop)).is_as_whole());
    for correction in [None, Some(Correction::FullCredit)] {
        assert!(!of(correction).is_as_whole());
    }
}

proptest! {
    #[test]
    fn every_remedy_leaves_points_within_what_there_is_and_names_itself(
        kind in 0..64_usize, text in ".{0,12}", points in -500..500_i64,
    ) {
        let items = sample::every_kind();
        let item = &items[kind % items.len()];
        let response = answer(&json!({ "text": text }));
        let most = corrected(item, &response, &no_marks(), None).max;
        for (correction, amended, max) in [
            (Correction::FullCredit, Amendment::Regrade(Remedy::FullCredit), most),
            (Correction::Drop, Amendment::Regrade(Remedy::Drop), Points::ZERO),
            (Correction::Points(Points::from_hundredths(points)), Amendment::Appeal, most),
            (Correction::KeyOf(version(2), item), Amendment::Regrade(Remedy::KeyOf(version(2))), most),
        ] {
            let score = corrected(item, &response, &no_marks(), Some(correction));
            prop_assert!(score.points >= Points::ZERO && score.points <= score.max);
            prop_assert_eq!((score.amended, score.max), (Some(amended), max));
        }
    }
}
