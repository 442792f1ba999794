//! Which items of a pool are drawn.

use std::collections::BTreeSet;

use domain::{
    assessment::ItemKind,
    id::{AttemptId, ItemVersionId},
};
use entity::assessment::{item, response};
use sea_orm::ColumnTrait;
use serde_json::{Value as Json, json};
use service::Error;

use crate::world::{World, cut_score, start, take, text_item};

async fn drawn(world: &World, attempt: AttemptId) -> BTreeSet<ItemVersionId> {
    let tx = world.look().await;
    let rows = tx
        .rows::<response::Entity>()
        .filter(response::Column::AttemptId.eq(attempt));
    let rows = rows.all().await.unwrap();
    rows.into_iter().map(|row| row.item_version_id).collect()
}

async fn set_difficulty(world: &World, version: ItemVersionId, logit: f64) {
    world
        .store(async |tx| {
            tx.change::<item::Entity>()
                .filter(item::Column::PublishedVersionId.eq(version))
                .set(item::Column::DrawnDifficulty, logit)
                .apply()
                .await
                .unwrap();
        })
        .await;
}

#[tokio::test]
async fn a_section_draws_only_items_of_the_kind_and_the_difficulty_that_it_takes() {
    let world = World::new().await;
    let competency = world.competency(cut_score(2, 60)).await;
    world.items(competency, "assessment", 4).await;
    let mut hard = BTreeSet::new();
    for _ in 0..3 {
        let version = world.item(competency, "assessment", &text_item()).await;
        set_difficulty(&world, version, 2.0).await;
        hard.insert(version);
    }
    // As hard, but of another kind.
    let other = *hard.iter().next().unwrap();
    hard.remove(&other);
    world
        .store(async |tx| {
            tx.change::<item::Entity>()
                .filter(item::Column::PublishedVersionId.eq(other))
                .set(item::Column::DrawnKind, ItemKind::Numeric.as_str())
                .apply()
                .await
                .unwrap();
        })
        .await;
    let narrowing = json!({ "kind": "text", "leastDifficulty": 150 });
    let more = sections(competency, &narrowing);
    let assessment = world.assessment(competency, 2, more).await;
    let learner = world.learner().await;
    let attempt = start(&learner, assessment).await.unwrap();
    assert_eq!(drawn(&world, attempt).await, hard);
}

#[tokio::test]
async fn another_try_asks_unseen_items_of_those_that_the_section_takes_or_is_refused() {
    let world = World::new().await;
    let competency = world.competency(cut_score(2, 60)).await;
    world.items(competency, "assessment", 6).await;
    let mut hard = Vec::new();
    for _ in 0..4 {
        let version = world.item(competency, "assessment", &text_item()).await;
        set_difficulty(&world, version, 2.0).await;
        hard.push(version);
    }
    let mut more = sections(competency, &json!({ "leastDifficulty": 150 }));
    more["unseen"] = json!("required");
    more["passRule"] = cut_score(2, 60);
    let assessment = world.assessment(competency, 2, more).await;
    let learner = world.learner().await;
    let mut asked = BTreeSet::new();
    for _ in 0..2 {
        let (attempt, _) = take(&learner, assessment, "--").await;
        asked.extend(drawn(&world, attempt).await);
    }
    assert_eq!(asked, hard.iter().copied().collect());
    let third = start(&learner, assessment).await;
    assert!(
        matches!(third, Err(Error::Refused("attempt-all-seen"))),
        "{third:?}"
    );

    // An attempt under way is gone on with, whatever becomes of the pool.
    let other = world.learner().await;
    let under_way = start(&other, assessment).await.unwrap();
    let before = drawn(&world, under_way).await;
    for version in &hard[1..] {
        retire(&world, *version).await;
    }
    assert_eq!(start(&other, assessment).await.unwrap(), under_way);
    assert_eq!(drawn(&world, under_way).await, before);
    let late = start(&world.learner().await, assessment).await;
    assert!(
        matches!(late, Err(Error::Refused("attempt-no-items"))),
        "{late:?}"
    );
}

async fn retire(world: &World, version: ItemVersionId) {
    let now = world.now();
    world
        .store(async |tx| {
            tx.change::<item::Entity>()
                .filter(item::Column::PublishedVersionId.eq(version))
                .set(item::Column::RetiredAt, now)
                .apply()
                .await
                .unwrap();
        })
        .await;
}

#[tokio::test]
async fn what_most_of_the_latest_attempts_drew_is_drawn_only_when_nothing_else_is_left() {
    let world = World::new().await;
    let competency = world.competency(cut_score(2, 60)).await;
    world.items(competency, "assessment", 2).await;
    let more = sections(competency, &json!({ "mostExposed": 40 }));
    let assessment = world.assessment(competency, 2, more).await;
    for _ in 0..20 {
        start(&world.learner().await, assessment).await.unwrap();
    }
    // With no limit, one of the two old ones would come: each half of the range of
    // difficulty gives one item.
    let mut fresh = BTreeSet::new();
    for logit in [1.0, 2.0] {
        let version = world.item(competency, "assessment", &text_item()).await;
        set_difficulty(&world, version, logit).await;
        fresh.insert(version);
    }
    let attempt = start(&world.learner().await, assessment).await.unwrap();
    assert_eq!(drawn(&world, attempt).await, fresh);
}

/// One section that draws two items.
fn sections(competency: domain::id::CompetencyId, narrowing: &Json) -> Json {
    json!({ "sections": [{ "selection": { "pool": {
        "competencies": [competency], "count": 2, "narrowing": narrowing,
    } } }] })
}
