use std::collections::BTreeMap;

use proptest::prelude::*;
use uuid::Uuid;

use super::{moments::count, *};
use crate::{
    assessment::{Item, Response, sample},
    id::ItemVersionId,
    mastery::{Outcome, Rule},
};

fn version(item: usize) -> ItemVersionId {
    ItemVersionId(Uuid::from_u128(item as u128))
}

/// An attempt at items 0, 1, … of which each earned so many of a hundred.
fn attempt(earned: &[u32]) -> ScoredAttempt {
    ScoredAttempt {
        outcome: Some(Outcome::Mastered),
        seconds: 600,
        answers: earned
            .iter()
            .enumerate()
            .map(|(item, earned)| ScoredAnswer {
                item: version(item),
                earned: *earned,
                possible: 100,
                response: Response::default(),
            })
            .collect(),
    }
}

fn choosing(mut attempt: ScoredAttempt, choice: &str) -> ScoredAttempt {
    attempt.answers[0].response =
        serde_json::from_value(serde_json::json!({ "KEY_VAR": { "identifiers": [choice] } })).unwrap();
    attempt
}

fn tallied(attempts: &[ScoredAttempt]) -> (AssessmentTally, BTreeMap<ItemVersionId, ItemTally>) {
    let mut all = (AssessmentTally::default(), BTreeMap::new());
    for attempt in attempts {
        all.0.add(attempt);
        ItemTally::add(&mut all.1, attempt);
    }
    all
}

/// The analysis of the first item.
fn first(attempts: &[ScoredAttempt], item: &Item) -> ItemAnalysis {
    tallied(attempts).1[&version(0)].analysis(item)
}

/// Forty attempts at four items: the later the learner, the more is right, with
/// some disorder.
fn class() -> Vec<ScoredAttempt> {
    let right = |learner: u32, item: u32| (learner * 7 + item * 13) % 41 < learner + 7 - item * 2;
    (0..40)
        .map(|learner| attempt(&[0, 1, 2, 3].map(|item| if right(learner, item) { 100 } else { 0 })))
        .collect()
}

fn mean(values: &[f64]) -> f64 {
    values.iter().sum::<f64>() / count(values.len() as u64)
}

fn covariance(one: &[f64], other: &[f64]) -> f64 {
    let products: Vec<f64> = one
        .iter()
        .zip(other)
        .map(|(a, b)| (a - mean(one)) * (b - mean(other)))
        .collect();
    products.iter().sum::<f64>() / count(one.len() as u64 - 1)
}

fn column(attempts: &[ScoredAttempt], item: usize) -> Vec<f64> {
    attempts
        .iter()
        .map(|attempt| f64::from(attempt.answers[item].earned) / 100.0)
        .collect()
}

#[test]
fn alpha_is_what_the_items_share_of_the_variance_of_the_sum() {
    let attempts = class();
    let columns: Vec<_> = (0..4).map(|item| column(&attempts, item)).collect();
    let sums: Vec<f64> = (0..40)
        .map(|learner| columns.iter().map(|it| it[learner]).sum())
        .collect();
    let of_items: f64 = columns.iter().map(|it| covariance(it, it)).sum();
    let expected = 4.0 / 3.0 * (1.0 - of_items / covariance(&sums, &sums));

    let (whole, items) = tallied(&attempts);
    let Reliability::Known { alpha, error, .. } = whole.analysis(&items, None).reliability else {
        panic!("forty attempts of one length");
    };
    assert!((alpha - expected).abs() < 1e-9, "{alpha} for {expected}");
    let spread = covariance(&sums, &sums).sqrt() / 4.0;
    assert!((error - spread * (1.0 - expected).sqrt()).abs() < 1e-9, "{error}");
}

#[test]
fn an_item_is_held_against_the_other_items_alone() {
    let attempts = class();
    let own = column(&attempts, 0);
    let rest: Vec<f64> = (0..40)
        .map(|learner| mean(&[1, 2, 3].map(|item| column(&attempts, item)[learner])))
        .collect();
    let expected = covariance(&own, &rest) / (covariance(&own, &own) * covariance(&rest, &rest)).sqrt();
    let found = first(&attempts, &sample::single());
    let discrimination = found.discrimination.unwrap();
    assert!(
        (discrimination - expected).abs() < 1e-9,
        "{discrimination} for {expected}"
    );
    assert!((found.facility.unwrap() - mean(&own)).abs() < 1e-12);
}

#[test]
fn a_wrong_key_is_doubted_and_runs_backwards() {
    // The better half chooses what the key calls wrong.
    let attempts: Vec<_> = class()
        .into_iter()
        .enumerate()
        .map(|(learner, mut attempt)| {
            attempt.answers[0].earned = if learner < 20 { 100 } else { 0 };
            choosing(attempt, if learner < 20 { "correct1" } else { "wrong-a" })
        })
        .collect();
    let found = first(&attempts, &sample::single());
    assert_eq!(found.flags, [ItemFlag::KeyInDoubt, ItemFlag::Backwards]);
    let chosen: Vec<_> = found
        .choices
        .iter()
        .map(|it| (it.text.as_str(), it.is_right, it.chosen))
        .collect();
    assert_eq!(
        chosen,
        [("Says 0", true, 20), ("Says 1", false, 20), ("Says 2", false, 0)]
    );
    assert!(found.choices[1].rest > found.choices[0].rest);
}

#[test]
fn who_had_no_other_items_is_counted_and_tells_nothing_of_them() {
    let mut attempts: Vec<_> = (0..4)
        .map(|_| choosing(attempt(&[100, 50]), "correct1"))
        .collect();
    attempts.push(choosing(attempt(&[100]), "correct1"));
    let found = first(&attempts, &sample::single());
    assert_eq!(found.choices[0].chosen, 5);
    assert_eq!(found.choices[0].rest, Some(0.5));
}

#[test]
fn nothing_is_said_of_the_choices_of_a_template() {
    let attempts: Vec<_> = class()
        .into_iter()
        .map(|attempt| choosing(attempt, "correct1"))
        .collect();
    let mut item = sample::single();
    assert!(!first(&attempts, &item).choices.is_empty());
    item.template = sample::parameterised().template;
    assert_eq!(first(&attempts, &item).choices, []);
}

#[test]
fn each_flag_says_what_it_is_for() {
    let all =
        |n: u32, earned: u32| (0..n).map(move |it| attempt(&[earned, if it % 2 == 0 { 100 } else { 0 }]));
    let blank = |flags: &[ItemFlag]| [flags, &[ItemFlag::OftenBlank]].concat();
    let cases: [(Vec<ScoredAttempt>, Vec<ItemFlag>); 4] = [
        (all(40, 100).collect(), blank(&[ItemFlag::VeryEasy])),
        (all(40, 0).collect(), blank(&[ItemFlag::VeryHard])),
        (
            all(20, 100).chain(all(40, 0)).collect(),
            blank(&[ItemFlag::LikeGuessing]),
        ),
        (all(29, 0).collect(), vec![]),
    ];
    for (attempts, flags) in cases {
        assert_eq!(first(&attempts, &sample::single()).flags, flags);
    }
}

#[test]
fn what_hardly_anybody_chooses_is_idle_once_enough_have_answered() {
    let answers = |n: usize| -> Vec<ScoredAttempt> {
        class()
            .into_iter()
            .cycle()
            .take(n)
            .map(|attempt| {
                let right = attempt.answers[0].earned > 0;
                choosing(attempt, if right { "correct1" } else { "wrong-a" })
            })
            .collect()
    };
    assert_eq!(first(&answers(80), &sample::single()).flags, []);
    assert_eq!(
        first(&answers(120), &sample::single()).flags,
        [ItemFlag::IdleChoice]
    );
}

#[test]
fn attempts_of_different_lengths_have_no_alpha() {
    let mut attempts = class();
    attempts.push(attempt(&[100]));
    let (whole, items) = tallied(&attempts);
    assert_eq!(
        whole.analysis(&items, None).reliability,
        Reliability::LengthsDiffer
    );
}

#[test]
fn a_cut_far_from_everybody_is_decided_the_same_more_often() {
    let (whole, items) = tallied(&class());
    let consistency = |cut: u8| {
        let rule: Rule =
            serde_json::from_value(serde_json::json!({ "kind": "cut-score", "items": 4, "cut": cut, "tries": 1, "cooldown-hours": 0 })).unwrap();
        let Reliability::Known { consistency, .. } = whole.analysis(&items, Some(&rule)).reliability else {
            panic!("forty attempts of one length");
        };
        consistency.unwrap()
    };
    assert!(consistency(50) < consistency(75));
    assert!((0.5..1.0).contains(&consistency(50)));
}

#[test]
fn scores_fall_into_bands_and_times_have_a_median() {
    let mut attempts = [attempt(&[0]), attempt(&[49]), attempt(&[100])];
    attempts[0].seconds = 30;
    attempts[1].outcome = Some(Outcome::NotYet);
    attempts[2].seconds = u64::MAX;
    let (whole, items) = tallied(&attempts);
    let found = whole.analysis(&items, None);
    let filled: Vec<_> = (0..BANDS).filter(|band| found.bands[*band] > 0).collect();
    assert_eq!(filled, [0, 9, 19]);
    assert_eq!(
        (found.passed, found.failed, found.median_minutes),
        (2, 1, Some(10))
    );
}

#[test]
fn the_choices_of_every_kind_of_item_are_named() {
    for item in sample::every_kind() {
        let found = ItemTally::default().analysis(&item);
        assert!(
            found.choices.iter().all(|choice| !choice.text.is_empty()),
            "{found:?}"
        );
    }
}

#[test]
fn what_was_added_can_be_taken_back() {
    // Means in quarters, of which sums are exact.
    let (before, after) = (
        choosing(attempt(&[0, 100, 50]), "wrong-a"),
        choosing(attempt(&[100, 100, 25]), "wrong-a"),
    );
    let kept = choosing(attempt(&[100, 50, 0]), "correct1");
    let (mut whole, mut items) = tallied(&[kept.clone(), before.clone()]);
    whole.remove(&before);
    ItemTally::remove(&mut items, &before);
    assert_eq!(
        (&whole, &items),
        (
            &tallied(std::slice::from_ref(&kept)).0,
            &tallied(std::slice::from_ref(&kept)).1
        )
    );
    whole.add(&after);
    ItemTally::add(&mut items, &after);
    let (fresh, fresh_items) = tallied(&[kept.clone(), after.clone()]);
    assert_eq!((&whole, &items), (&fresh, &fresh_items));
    for gone in [&kept, &after] {
        whole.remove(gone);
        ItemTally::remove(&mut items, gone);
    }
    assert_eq!(whole, AssessmentTally::default());
    assert!(items.values().all(|tally| *tally == ItemTally::default()));
}

proptest! {
    #[test]
    fn a_tally_says_the_same_in_whatever_order_and_after_being_stored(
        earned in prop::collection::vec(prop::collection::vec(0_u32..=100, 2..5), 30..60),
    ) {
        let attempts: Vec<_> = earned.iter().map(|earned| attempt(earned)).collect();
        let reversed: Vec<_> = attempts.iter().rev().cloned().collect();
        let item = sample::single();
        let (one, other) = (first(&attempts, &item), first(&reversed, &item));
        let near = |a: Option<f64>, b: Option<f64>| match (a, b) {
            (Some(a), Some(b)) => (a - b).abs() < 1e-9,
            (a, b) => a == b,
        };
        prop_assert!(near(one.facility, other.facility));
        prop_assert!(near(one.discrimination, other.discrimination));
        prop_assert!(one.discrimination.is_none_or(|r| (-1.0..=1.0).contains(&r)));

        let (whole, items) = tallied(&attempts);
        let stored: AssessmentTally = serde_json::from_str(&serde_json::to_string(&whole).unwrap()).unwrap();
        prop_assert_eq!(stored.analysis(&items, None), whole.analysis(&items, None));
    }
}
