//! Adding up what learners answered.

use domain::{
    assessment::{AttemptState, analysis::Reliability},
    id::{AssessmentId, AttemptId},
    tenancy::Role,
};
use entity::assessment::attempt;
use sea_orm::ColumnTrait;
use serde_json::json;
use service::{
    Ctx, Error,
    assessment::analysis::{analysis, item_analysis},
    job::{self, Job},
};

use crate::world::{World, cut_score, essay, take};

async fn two_questions(world: &World) -> AssessmentId {
    let competency = world.competency(cut_score(2, 50)).await;
    world.items(competency, "assessment", 2).await;
    let rule = json!({ "passRule": cut_score(2, 50) });
    world.assessment(competency, 2, rule).await
}

async fn work(world: &World) {
    while job::run_due(&world.installation, 10).await.unwrap() > 0 {}
}

async fn count_again(ctx: &Ctx, attempt: AttemptId) {
    let tx = ctx.write().await.unwrap();
    let again = Job::CountAttempt {
        tenant: ctx.tenant(),
        attempt,
    };
    job::now(tx.unowned(), ctx.installation(), &again).await.unwrap();
    tx.commit().await.unwrap();
}

#[tokio::test]
async fn every_attempt_is_counted_once_however_often_its_job_runs() {
    let world = World::new().await;
    let assessment = two_questions(&world).await;
    let instructor = world.member(Role::Instructor).await;
    assert_eq!(analysis(&instructor, assessment).await.unwrap().whole.attempts, 0);

    for marks in ["++", "+-", "--"] {
        let learner = world.learner().await;
        let (attempt, _) = take(&learner, assessment, marks).await;
        work(&world).await;
        count_again(&learner, attempt).await;
    }
    work(&world).await;

    let found = analysis(&instructor, assessment).await.unwrap();
    assert_eq!(
        (found.whole.attempts, found.whole.passed, found.whole.failed),
        (3, 2, 1)
    );
    assert!((found.whole.mean.unwrap() - 0.5).abs() < 1e-12);
    assert_eq!(found.whole.reliability, Reliability::TooLittleKnown);
    assert_eq!(found.items.len(), 2);
    for item in &found.items {
        assert_eq!(item.analysis.answers, 3);
        let (_, alone) = item_analysis(&instructor, assessment, item.version)
            .await
            .unwrap();
        assert_eq!(&alone, item);
    }
}

#[tokio::test]
async fn attempts_that_wait_together_are_counted_together_by_two_workers() {
    let world = World::new().await;
    let assessment = two_questions(&world).await;
    for _ in 0..5 {
        take(&world.learner().await, assessment, "+-").await;
    }
    tokio::join!(work(&world), work(&world));

    let instructor = world.member(Role::Instructor).await;
    let found = analysis(&instructor, assessment).await.unwrap();
    assert_eq!(found.whole.attempts, 5);
    assert_eq!(
        found.items.iter().map(|item| item.analysis.answers).sum::<u64>(),
        10
    );
    let tx = world.look().await;
    let left = tx
        .rows::<attempt::Entity>()
        .filter(attempt::Column::CountedAt.is_null())
        .count()
        .await
        .unwrap();
    assert_eq!(left, 0);
}

#[tokio::test]
async fn what_a_person_has_still_to_mark_is_not_counted() {
    let world = World::new().await;
    let competency = world.competency(cut_score(1, 50)).await;
    world.item(competency, "assessment", &essay()).await;
    let assessment = world.assessment(competency, 1, json!({})).await;
    let learner = world.learner().await;
    let (attempt, state) = take(&learner, assessment, "+").await;
    assert_eq!(state, AttemptState::Marking);
    count_again(&learner, attempt).await;
    work(&world).await;
    let instructor = world.member(Role::Instructor).await;
    assert_eq!(analysis(&instructor, assessment).await.unwrap().whole.attempts, 0);
}

#[tokio::test]
async fn learners_see_nothing_of_it() {
    let world = World::new().await;
    let assessment = two_questions(&world).await;
    for role in [Role::Learner, Role::Assessor] {
        let ctx = world.member(role).await;
        assert!(matches!(analysis(&ctx, assessment).await, Err(Error::NotFound)));
    }
}
