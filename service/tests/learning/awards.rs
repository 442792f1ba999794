//! Awards, and what they stand on.

use domain::{id::CompetencyId, tenancy::Role};
use entity::program::{achievement, award};
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter};
use serde_json::{Value as Json, json};
use service::{
    Ctx, Error,
    assessment::attempt::{self, Saving},
    job::Job,
    mastery, program,
};

use crate::world::{World, answer_with, cut_score, start, take};

fn mastered(competency: CompetencyId) -> Json {
    json!({ "kind": "competency-mastered", "competency": competency })
}

async fn awards(world: &World) -> Vec<award::Model> {
    let tx = world.look().await;
    tx.rows::<award::Entity>()
        .asc(award::Column::AwardedAt)
        .all()
        .await
        .unwrap()
}

async fn jobs(world: &World, kind: &str) -> usize {
    let tx = world.installation.system().read().await.unwrap();
    let queued = entity::job::job::Entity::find()
        .filter(entity::job::job::Column::Kind.eq(kind))
        .all(&tx)
        .await
        .unwrap();
    queued
        .iter()
        .filter(|job| serde_json::from_str::<Job>(&job.payload).is_ok())
        .count()
}

#[tokio::test]
async fn fifty_submits_at_once_make_one_award() {
    let world = World::new().await;
    let competency = world.competency(cut_score(2, 60)).await;
    world.items(competency, "assessment", 4).await;
    let assessment = world.assessment(competency, 2, json!({})).await;
    world.achievement(mastered(competency)).await;
    let ctx = world.learner().await;
    let id = start(&ctx, assessment).await.unwrap();
    for position in 0..2 {
        attempt::save(&ctx, id, position, &answer_with("right"), Saving::Deliberate(1))
            .await
            .unwrap();
    }
    let submits = (0..50).map(|_| {
        let ctx = ctx.clone();
        tokio::spawn(async move { attempt::submit(&ctx, id).await })
    });
    for submit in submits.collect::<Vec<_>>() {
        submit.await.unwrap().unwrap();
    }
    assert_eq!(awards(&world).await.len(), 1);
    assert_eq!(jobs(&world, "issue-credential").await, 1);
    assert_eq!(attempt::result(&ctx, id).await.unwrap().awards.len(), 1);
}

#[tokio::test]
async fn two_attempts_that_end_at_once_complete_what_stacks_on_both() {
    let world = World::new().await;
    let ctx = world.learner().await;
    let mut attempts = Vec::new();
    let mut parts = Vec::new();
    for _ in 0..2 {
        let competency = world.competency(cut_score(1, 100)).await;
        world.items(competency, "assessment", 1).await;
        let assessment = world
            .assessment(competency, 1, json!({ "passRule": cut_score(1, 100) }))
            .await;
        parts.push(json!({ "kind": "assessment-passed", "assessment": assessment }));
        let id = start(&ctx, assessment).await.unwrap();
        attempt::save(&ctx, id, 0, &answer_with("right"), Saving::Deliberate(1))
            .await
            .unwrap();
        attempts.push(id);
    }
    let part = world.achievement(parts[0].clone()).await;
    let both = world.achievement(json!({ "kind": "all", "of": parts })).await;
    let held = |id| json!({ "kind": "badge-held", "achievement": id });
    world
        .achievement(json!({ "kind": "all", "of": [held(part), held(both)] }))
        .await;
    let submits = attempts.into_iter().map(|id| {
        let ctx = ctx.clone();
        tokio::spawn(async move { attempt::submit(&ctx, id).await })
    });
    for submit in submits.collect::<Vec<_>>() {
        submit.await.unwrap().unwrap();
    }
    assert_eq!(awards(&world).await.len(), 3);
}

#[tokio::test]
async fn an_award_replays_to_the_same_decisions() {
    let world = World::new().await;
    let competency = world.competency(cut_score(2, 60)).await;
    world.items(competency, "assessment", 4).await;
    let assessment = world.assessment(competency, 2, json!({})).await;
    let part = world.achievement(mastered(competency)).await;
    let whole = world
        .achievement(json!({ "kind": "badge-held", "achievement": part }))
        .await;
    take(&world.learner().await, assessment, "++").await;
    let awards = awards(&world).await;
    let whole = awards.iter().find(|award| award.achievement_id == whole).unwrap();
    let replayed = mastery::replay(&world.installation.system(), whole.id)
        .await
        .unwrap();
    assert_eq!(replayed.len(), 1, "through the badge that it stacks on");
    assert!(replayed[0].is_same() && replayed[0].recorded.contains("mastered"));
    let unknown = mastery::replay(&world.installation.system(), world.installation.new_id()).await;
    assert!(matches!(unknown, Err(Error::NotFound)));
}

#[tokio::test]
async fn a_badge_defined_later_is_given_to_those_who_have_earned_it() {
    let world = World::new().await;
    let competency = world.competency(cut_score(1, 100)).await;
    world.items(competency, "assessment", 2).await;
    let assessment = world.assessment(competency, 1, json!({})).await;
    let (earned, not) = (world.learner().await, world.learner().await);
    take(&earned, assessment, "+").await;
    take(&not, assessment, "-").await;
    world.achievement(mastered(competency)).await;
    assert!(awards(&world).await.is_empty());
    let system = world.installation.system().in_tenant(world.tenant);
    for ctx in [&earned, &not, &earned] {
        program::evaluate_all(&system, ctx.person().unwrap())
            .await
            .unwrap();
    }
    let awards = awards(&world).await;
    assert_eq!(awards.len(), 1);
    assert_eq!(awards[0].person_id, earned.person().unwrap());
}

#[tokio::test]
async fn an_award_that_was_withdrawn_is_not_given_again_and_carries_nothing() {
    let world = World::new().await;
    let competency = world.competency(cut_score(1, 100)).await;
    world.items(competency, "assessment", 2).await;
    let assessment = world.assessment(competency, 1, json!({})).await;
    let part = world.achievement(mastered(competency)).await;
    let learner = world.learner().await;
    take(&learner, assessment, "+").await;
    let system: Ctx = world.installation.system().in_tenant(world.tenant);
    let tx = system.write().await.unwrap();
    let withdrawn = tx
        .change::<award::Entity>()
        .set(award::Column::WithdrawnAt, world.now());
    withdrawn.apply().await.unwrap();
    tx.commit().await.unwrap();
    world
        .achievement(json!({ "kind": "badge-held", "achievement": part }))
        .await;
    let given = program::evaluate_all(&system, learner.person().unwrap())
        .await
        .unwrap();
    assert_eq!(given, []);
}

#[tokio::test]
async fn an_archived_badge_is_not_given() {
    let world = World::new().await;
    let competency = world.competency(cut_score(1, 100)).await;
    world.items(competency, "assessment", 2).await;
    let assessment = world.assessment(competency, 1, json!({})).await;
    world.achievement(mastered(competency)).await;
    let tx = world.member(Role::Admin).await.write().await.unwrap();
    let archived = tx
        .change::<achievement::Entity>()
        .set(achievement::Column::ArchivedAt, world.now());
    archived.apply().await.unwrap();
    tx.commit().await.unwrap();
    let (id, _) = take(&world.learner().await, assessment, "+").await;
    assert!(awards(&world).await.is_empty(), "{id}");
}
