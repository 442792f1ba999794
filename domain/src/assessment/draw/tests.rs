use proptest::prelude::*;
use serde_json::json;
use uuid::Uuid;

use super::*;

fn competency(n: u128) -> CompetencyId {
    CompetencyId(Uuid::from_u128(n))
}

/// Item `n`, in the pool of that competency.
fn item(n: u16, of: u128) -> PoolItem {
    PoolItem {
        item: ItemId(Uuid::from_u128(n.into())),
        item_version: ItemVersionId(Uuid::from_u128(1_000 + u128::from(n))),
        competency: competency(of),
        kind: Some(ItemKind::Text),
        difficulty: f64::from(n),
        seen: false,
        exposure: 0,
        drawn_lately: 0,
        attempts_lately: 100,
    }
}

fn assessment(unseen: &str, competencies: &[u128], count: u16) -> Assessment {
    let competencies: Vec<_> = competencies.iter().map(|n| competency(*n)).collect();
    serde_json::from_value(json!({
        "title": "Final", "mode": "fixedForm", "feedback": { "when": "atEnd" }, "unseen": unseen,
        "sections": [{ "selection": { "pool": { "competencies": competencies, "count": count } } }],
    }))
    .unwrap()
}

fn per_competency(form: &Form, of: u128) -> usize {
    form.items
        .iter()
        .filter(|item| item.competency == Some(competency(of)))
        .count()
}

#[test]
fn a_count_is_spread_evenly_and_the_rest_goes_to_pools_that_can_spare() {
    let pools: Vec<_> = (0..3)
        .map(|n| item(n, 1))
        .chain((10..20).map(|n| item(n, 2)))
        .collect();
    for seed in 0..20 {
        let form = draw(&assessment("any", &[1, 2], 7), &pools, Seed(seed)).unwrap();
        assert_eq!((per_competency(&form, 1), per_competency(&form, 2)), (3, 4));
    }
}

#[test]
fn unseen_items_go_first_and_seen_ones_only_where_they_may() {
    let mut pools: Vec<_> = (0..10).map(|n| item(n, 1)).collect();
    pools[..7].iter_mut().for_each(|item| item.seen = true);
    let form = draw(&assessment("preferred", &[1], 5), &pools, Seed(1)).unwrap();
    for unseen in &pools[7..] {
        assert!(
            form.items
                .iter()
                .any(|item| item.item_version == unseen.item_version)
        );
    }
    assert_eq!(
        draw(&assessment("required", &[1], 5), &pools, Seed(1)),
        Err(DrawProblem::NotEnoughUnseen {
            section: 0,
            competency: competency(1),
            wanted: 5,
            found: 3
        })
    );
    assert_eq!(
        draw(&assessment("any", &[1], 11), &pools, Seed(1)),
        Err(DrawProblem::NotEnoughItems {
            section: 0,
            competency: competency(1),
            wanted: 11,
            found: 10
        })
    );
}

#[test]
fn an_item_in_two_pools_goes_to_the_one_that_needs_it() {
    let pools = [item(1, 1), item(1, 2), item(2, 2)];
    for seed in 0..20 {
        let form = draw(&assessment("any", &[1, 2], 2), &pools, Seed(seed)).unwrap();
        assert_eq!((per_competency(&form, 1), per_competency(&form, 2)), (1, 1));
    }
}

#[test]
fn forms_are_about_equally_hard() {
    let pools: Vec<_> = (0..100).map(|n| item(n, 1)).collect();
    for seed in 0..50 {
        let form = draw(&assessment("any", &[1], 10), &pools, Seed(seed)).unwrap();
        let difficulty = |drawn: &FormItem| {
            pools
                .iter()
                .find(|item| item.item_version == drawn.item_version)
                .unwrap()
                .difficulty
        };
        let mean = form.items.iter().map(difficulty).sum::<f64>() / 10.0;
        assert!((mean - 49.5).abs() < 4.6, "{mean}");
    }
}

#[test]
fn items_shown_less_often_are_favoured() {
    let mut pools: Vec<_> = (0..10).map(|n| item(n, 1)).collect();
    pools[..5].iter_mut().for_each(|item| item.exposure = 100);
    for seed in 0..20 {
        let form = draw(&assessment("any", &[1], 1), &pools, Seed(seed)).unwrap();
        assert!(
            pools[5..]
                .iter()
                .any(|item| item.item_version == form.items[0].item_version)
        );
    }
}

#[test]
fn fixed_items_keep_their_order_and_are_not_drawn_again() {
    let pools = [item(1, 1), item(2, 1)];
    let mut assessment = assessment("any", &[1], 1);
    let fixed = crate::assessment::Section {
        title: String::new(),
        selection: Selection::Items(vec![pools[1].item_version]),
    };
    assessment.sections.push(fixed.clone());
    for seed in 0..20 {
        let form = draw(&assessment, &pools, Seed(seed)).unwrap();
        let versions: Vec<_> = form.items.iter().map(|item| item.item_version).collect();
        assert_eq!(versions, [pools[0].item_version, pools[1].item_version]);
    }
    assessment.sections.push(fixed);
    let twice = DrawProblem::FixedTwice {
        item_version: pools[1].item_version,
    };
    assert_eq!(draw(&assessment, &pools, Seed(1)), Err(twice));
}

fn some_pool() -> impl Strategy<Value = Vec<PoolItem>> {
    let some_item =
        (0u16..30, 1u128..4, any::<bool>(), 0u32..50).prop_map(|(n, of, seen, exposure)| PoolItem {
            seen,
            exposure,
            ..item(n, of)
        });
    proptest::collection::vec(some_item, 0..60).prop_map(|mut pool| {
        pool.sort_by_key(|item| (item.item, item.competency));
        pool.dedup_by_key(|item| (item.item, item.competency));
        pool
    })
}

proptest! {
    #[test]
    fn a_form_has_no_item_twice_and_does_not_depend_on_how_the_pool_came(
        (pool, mixed) in some_pool().prop_flat_map(|pool| (Just(pool.clone()), Just(pool).prop_shuffle())),
        seed: i64,
        count in 1u16..12,
        unseen in "any|preferred|required",
    ) {
        let assessment = assessment(&unseen, &[1, 2, 3], count);
        let drawn = draw(&assessment, &pool, Seed(seed));
        prop_assert_eq!(&drawn, &draw(&assessment, &mixed, Seed(seed)));
        if let Ok(form) = drawn {
            let versions: BTreeSet<_> = form.items.iter().map(|item| item.item_version).collect();
            prop_assert_eq!(versions.len(), usize::from(count));
            prop_assert_eq!(form.items.len(), usize::from(count));
            let counts = [1, 2, 3].map(|of| per_competency(&form, of));
            prop_assert!(counts.iter().max().unwrap() - counts.iter().min().unwrap() <= 1);
        }
    }
}

/// An assessment with a section for each, in this order: how many, and which.
fn sections(sections: &[(u16, serde_json::Value)]) -> Assessment {
    let mut json = serde_json::to_value(assessment("any", &[1], 1)).unwrap();
    let sections = sections.iter().map(|(count, narrowing)| {
        json!({ "title": "Part", "selection": { "pool": {
            "competencies": [competency(1)], "count": count, "narrowing": narrowing,
        } } })
    });
    json["sections"] = sections.collect();
    serde_json::from_value(json).unwrap()
}

fn drawn<'a>(form: &Form, pools: &'a [PoolItem], section: usize) -> Vec<&'a PoolItem> {
    let versions = form.items.iter().filter(|item| item.section == section);
    versions
        .map(|drawn| {
            pools
                .iter()
                .find(|item| item.item_version == drawn.item_version)
                .unwrap()
        })
        .collect()
}

#[test]
fn a_section_draws_only_what_it_takes_and_the_others_leave_it_that() {
    let mut pools: Vec<_> = (0..6).map(|n| item(n, 1)).collect();
    pools[..2]
        .iter_mut()
        .for_each(|item| item.kind = Some(ItemKind::Numeric));
    let three = sections(&[
        (2, json!({})),
        (2, json!({ "leastDifficulty": 200, "mostDifficulty": 300 })),
        (2, json!({ "kind": "numeric" })),
    ]);
    assert_eq!(three.check(), []);
    for seed in 0..20 {
        let form = draw(&three, &pools, Seed(seed)).unwrap();
        assert!(form.items.is_sorted_by_key(|item| item.section));
        assert!(
            drawn(&form, &pools, 1)
                .iter()
                .all(|item| (2.0..=3.0).contains(&item.difficulty))
        );
        let numeric = drawn(&form, &pools, 2);
        assert!(numeric.len() == 2 && numeric.iter().all(|item| item.kind == Some(ItemKind::Numeric)));
    }
    let needed: Vec<usize> = three.needs().iter().map(|need| need.items).collect();
    assert_eq!(
        needed,
        [6, 4, 2],
        "what comes after the others has to spare what they take"
    );
    let harder = sections(&[(1, json!({ "leastDifficulty": 600 }))]);
    assert!(matches!(
        draw(&harder, &pools, Seed(1)),
        Err(DrawProblem::NotEnoughItems {
            wanted: 1,
            found: 0,
            ..
        })
    ));
}

#[test]
fn what_was_drawn_too_often_of_late_is_drawn_only_when_nothing_else_is_left() {
    let mut pools: Vec<_> = (0..10).map(|n| item(n, 1)).collect();
    pools[..6].iter_mut().for_each(|item| item.drawn_lately = 31);
    pools[6].drawn_lately = 30;
    let is_spared = |item: &&&PoolItem| item.drawn_lately > 30;
    let spared = |count: u16, attempts: u32, seed: i64| {
        let mut pools = pools.clone();
        for item in &mut pools {
            item.attempts_lately = attempts;
        }
        let capped = sections(&[(count, json!({ "mostExposed": 30 }))]);
        let form = draw(&capped, &pools, Seed(seed)).unwrap();
        drawn(&form, &pools, 0).iter().filter(is_spared).count()
    };
    for seed in 0..20 {
        assert_eq!(spared(4, 100, seed), 0);
        assert_eq!(spared(7, 100, seed), 3);
    }
    assert!(
        (0..20).any(|seed| spared(4, 19, seed) > 0),
        "of few attempts nothing is said"
    );
    // What this learner has seen goes last, whatever others have.
    pools[6..].iter_mut().for_each(|item| item.seen = true);
    let mut preferred = sections(&[(6, json!({ "mostExposed": 30 }))]);
    preferred.unseen = Unseen::Preferred;
    let form = draw(&preferred, &pools, Seed(1)).unwrap();
    assert!(drawn(&form, &pools, 0).iter().all(|item| !item.seen));
}

fn some_narrowing() -> impl Strategy<Value = Narrowing> {
    let kind = proptest::option::of(prop_oneof![Just(ItemKind::Text), Just(ItemKind::Numeric)]);
    let bound = || proptest::option::of(0i16..6);
    (kind, bound(), bound(), proptest::option::of(0u8..=100)).prop_map(|(kind, least, most, exposed)| {
        Narrowing {
            kind,
            least_difficulty: least.map(|it| it * 100),
            most_difficulty: most.map(|it| it * 100),
            most_exposed: exposed.and_then(|it| it.try_into().ok()),
        }
    })
}

/// Items, and an assessment that draws of them; of each item how hard it is, whether it
/// asks for a number, and how often it was drawn of late.
fn some_bank() -> impl Strategy<Value = (Vec<PoolItem>, Assessment)> {
    let items = proptest::collection::vec((0u8..6, any::<bool>(), 0u32..100), 0..40);
    let wanted = proptest::collection::vec((1u16..5, some_narrowing()), 1..5);
    (items, wanted).prop_map(|(items, wanted)| {
        let pools = (0..)
            .zip(items)
            .map(|(n, (difficulty, is_numeric, drawn_lately))| PoolItem {
                difficulty: f64::from(difficulty),
                kind: Some(if is_numeric {
                    ItemKind::Numeric
                } else {
                    ItemKind::Text
                }),
                drawn_lately,
                ..item(n, 1)
            });
        let wanted: Vec<_> = wanted
            .iter()
            .map(|(count, narrowing)| (*count, serde_json::to_value(narrowing).unwrap()))
            .collect();
        (pools.collect(), sections(&wanted))
    })
}

fn takes(narrowing: &Narrowing, item: &PoolItem) -> bool {
    narrowing.takes(item.kind, item.difficulty)
}

fn is_enough(pools: &[PoolItem], assessment: &Assessment) -> bool {
    assessment.needs().iter().all(|need| {
        let found = pools.iter().filter(|item| takes(&need.narrowing, item));
        found.count() >= need.items
    })
}

proptest! {
    #[test]
    fn what_the_pools_have_enough_for_can_always_be_drawn_and_only_what_was_wanted(
        (pools, assessment) in some_bank(),
        seed: i64,
    ) {
        let form = draw(&assessment, &pools, Seed(seed));
        prop_assert!(form.is_ok() || !is_enough(&pools, &assessment));
        if let Ok(form) = form {
            prop_assert_eq!(form.items.len(), assessment.length());
            for need in assessment.needs() {
                let of_section = drawn(&form, &pools, need.section);
                prop_assert!(of_section.into_iter().all(|item| takes(&need.narrowing, item)));
            }
        }
    }

    #[test]
    fn where_no_item_may_come_again_every_try_that_the_pools_have_enough_for_can_be_drawn(
        (mut pools, mut assessment) in some_bank(),
        tries in 1u16..4,
        seed: i64,
    ) {
        assessment.unseen = Unseen::Required;
        assessment.attempts = Some(tries);
        let is_enough = is_enough(&pools, &assessment);
        for number in 0..i64::from(tries) {
            let form = draw(&assessment, &pools, Seed(seed.wrapping_add(number)));
            prop_assert!(form.is_ok() || !is_enough);
            for asked in form.iter().flat_map(|form| &form.items) {
                let mut known = pools.iter_mut();
                let item = known.find(|item| item.item_version == asked.item_version).unwrap();
                prop_assert!(!item.seen);
                item.seen = true;
            }
        }
    }
}
