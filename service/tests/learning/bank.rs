//! What attempts say about items: how hard they are, and how many have met them.

use std::time::Duration;

use domain::{
    assessment::{
        AttemptState,
        analysis::{Band, Exposure, Facility},
    },
    id::{AssessmentId, ItemId, ItemVersionId},
    tenancy::Role,
};
use entity::assessment::{item_version, response};
use sea_orm::ColumnTrait;
use serde_json::json;
use service::{
    Ctx,
    assessment::item::{self, Usage, Way},
    job,
};

use crate::world::{World, cut_score, start, take, text_item};

async fn work(world: &World) {
    while job::run_due(&world.installation, 10).await.unwrap() > 0 {}
}

async fn item_of(world: &World, version: ItemVersionId) -> ItemId {
    let tx = world.look().await;
    let row = tx
        .rows::<item_version::Entity>()
        .filter(item_version::Column::Id.eq(version));
    row.one().await.unwrap().unwrap().item_id
}

async fn usage(ctx: &Ctx, id: ItemId) -> Usage {
    item::usage(ctx, id).await.unwrap()
}

/// So many learners take it, of whom every `right`th is right.
async fn taken(world: &World, assessment: AssessmentId, learners: usize, right: usize) {
    for number in 0..learners {
        let marks = if number % right == 0 { "+" } else { "-" };
        take(&world.learner().await, assessment, marks).await;
    }
    work(world).await;
}

#[tokio::test]
async fn how_hard_an_item_is_comes_from_its_answers_in_all_assessments_together() {
    let world = World::new().await;
    let competency = world.competency(cut_score(1, 50)).await;
    let version = world.item(competency, "assessment", &text_item()).await;
    let id = item_of(&world, version).await;
    let author = world.member(Role::Instructor).await;
    let more = json!({ "passRule": cut_score(1, 50) });
    let one = world.assessment(competency, 1, more.clone()).await;
    let other = world.assessment(competency, 1, more).await;
    assert_eq!(usage(&author, id).await.facility, Facility::default());

    taken(&world, one, 15, 5).await;
    assert_eq!(usage(&author, id).await.facility.band(), None, "too few to say");
    taken(&world, other, 9, 9).await;
    let facility = usage(&author, id).await.facility;
    let expected = Facility {
        answers: 24,
        earned: 4_000_000,
    };
    assert_eq!((facility, facility.band()), (expected, Some(Band::Hard)));
    // Another version is another question: what is known of this one says nothing of it.
    world.mended(version, &text_item()).await;
    assert_eq!(usage(&author, id).await.facility, Facility::default());
}

#[tokio::test]
async fn an_items_page_says_who_asks_it_and_to_how_many_it_was_shown() {
    let world = World::new().await;
    let competency = world.competency(cut_score(1, 50)).await;
    let version = world.item(competency, "assessment", &text_item()).await;
    let id = item_of(&world, version).await;
    let author = world.member(Role::Instructor).await;
    let fixed = json!({ "sections": [{ "selection": { "items": [version] } }], "title": "Fixed" });
    let asks = world.assessment(competency, 1, fixed).await;
    let draws = world.assessment(competency, 1, json!({ "title": "Drawn" })).await;
    let elsewhere = world.competency(cut_score(1, 50)).await;
    world.items(elsewhere, "assessment", 1).await;
    world.assessment(elsewhere, 1, json!({})).await;

    let before = usage(&author, id).await;
    let ways: Vec<_> = before
        .assessments
        .iter()
        .map(|used| (used.id, used.way))
        .collect();
    assert_eq!(ways.len(), 2);
    assert!(ways.contains(&(asks, Way::Fixed)) && ways.contains(&(draws, Way::Drawn)));
    assert_eq!((before.drawn, before.drawn_lately), (0, 0));

    taken(&world, asks, 20, 1).await;
    world.installation.pass(Usage::LATELY + Duration::from_secs(1));
    taken(&world, draws, 2, 1).await;
    let after = usage(&author, id).await;
    assert_eq!((after.drawn, after.drawn_lately), (22, 2));
    for used in after.assessments {
        let expected = if used.id == asks { 20 } else { 2 };
        let exposure = Exposure {
            shown: expected,
            attempts: expected,
        };
        assert_eq!(used.exposure, exposure);
        assert_eq!(used.exposure.is_high(), used.id == asks);
    }
}

#[tokio::test]
async fn a_retired_item_is_drawn_no_more_and_who_has_it_goes_on() {
    let world = World::new().await;
    let competency = world.competency(cut_score(1, 50)).await;
    let version = world.item(competency, "assessment", &text_item()).await;
    let id = item_of(&world, version).await;
    let author = world.member(Role::Instructor).await;
    let assessment = world.assessment(competency, 1, json!({})).await;
    let learner = world.learner().await;
    start(&learner, assessment).await.unwrap();
    item::retire(&author, id).await.unwrap();

    let late = start(&world.learner().await, assessment).await;
    assert!(late.is_err(), "there is nothing else to ask: {late:?}");
    let (attempt, state) = take(&learner, assessment, "+").await;
    assert_eq!(state, AttemptState::Scored);
    work(&world).await;
    let used = usage(&author, id).await.assessments;
    assert_eq!(
        used.first().map(|used| (used.id, used.way)),
        Some((assessment, Way::Before))
    );
    let tx = world.look().await;
    let held = tx
        .rows::<response::Entity>()
        .filter(response::Column::AttemptId.eq(attempt));
    assert_eq!(held.count().await.unwrap(), 1);
}
