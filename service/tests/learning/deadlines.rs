//! Attempts whose time is up.

use std::time::Duration;

use domain::{
    assessment::{AttemptState, Points},
    id::{AssessmentId, AttemptId},
};
use entity::assessment::response;
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, sea_query::Expr};
use serde_json::json;
use service::{
    Error,
    assessment::attempt::{self, Saving, Show},
    job::{self, Job},
};

use crate::world::{World, add_tenant, answer_with, cut_score, start};

async fn ten_minutes(world: &World) -> AssessmentId {
    let competency = world.competency(cut_score(2, 60)).await;
    world.items(competency, "assessment", 4).await;
    let more = json!({ "timeLimit": 600, "passRule": cut_score(2, 60) });
    world.assessment(competency, 2, more).await
}

/// Does the job that is queued when time is up.
async fn close_overdue(world: &World, attempt: AttemptId) {
    let tx = world.installation.system().write().await.unwrap();
    let tenant = world.tenant;
    let job = Job::CloseOverdueAttempt { tenant, attempt };
    job::now(&tx, &world.installation, &job).await.unwrap();
    tx.commit().await.unwrap();
    job::run_due(&world.installation, 1).await.unwrap();
}

#[tokio::test]
async fn what_was_saved_in_time_counts_and_what_comes_late_does_not() {
    let world = World::new().await;
    let assessment = ten_minutes(&world).await;
    let ctx = world.learner().await;
    let id = start(&ctx, assessment).await.unwrap();
    attempt::save(&ctx, id, 0, &answer_with("right"), Saving::InBackground(1))
        .await
        .unwrap();
    world.installation.pass(Duration::from_secs(605));
    attempt::save(&ctx, id, 0, &answer_with("right"), Saving::InBackground(2))
        .await
        .unwrap();
    world.installation.pass(Duration::from_secs(6));
    let late = attempt::save(&ctx, id, 1, &answer_with("right"), Saving::InBackground(1)).await;
    assert!(matches!(late, Err(Error::Refused("attempt-time-up"))), "{late:?}");
    assert!(attempt::open(&ctx, id, Show::Places).await.unwrap().time_up);

    close_overdue(&world, id).await;
    let result = attempt::result(&ctx, id).await.unwrap();
    assert_eq!(result.state, AttemptState::Scored);
    assert_eq!(result.points.unwrap().0, Points::ONE);
    let deadline = attempt::open(&ctx, id, Show::Places).await.unwrap().deadline;
    assert_eq!(result.submitted_at, deadline);
}

#[tokio::test]
async fn an_attempt_with_time_left_is_left_alone() {
    let world = World::new().await;
    let assessment = ten_minutes(&world).await;
    let ctx = world.learner().await;
    let id = start(&ctx, assessment).await.unwrap();
    world.installation.pass(Duration::from_secs(590));
    close_overdue(&world, id).await;
    let sheet = attempt::open(&ctx, id, Show::Places).await.unwrap();
    assert_eq!(sheet.state, AttemptState::InProgress);
}

#[tokio::test]
async fn work_is_queued_only_where_time_is_up() {
    let world = World::new().await;
    let assessment = ten_minutes(&world).await;
    add_tenant(&world.installation, "elsewhere").await;
    let ctx = world.learner().await;
    let id = start(&ctx, assessment).await.unwrap();
    // In the end the attempt is closed, and then counted.
    for (pass, queued) in [(0, 0), (605, 0), (6, 2)] {
        world.installation.pass(Duration::from_secs(pass));
        job::schedule(&world.installation).await.unwrap();
        let run = job::run_due(&world.installation, 100).await.unwrap();
        assert_eq!(run, queued, "after {pass} s more");
    }
    let result = attempt::result(&ctx, id).await.unwrap();
    assert_eq!(result.state, AttemptState::Scored);
}

#[tokio::test]
async fn an_attempt_that_cannot_be_closed_holds_up_no_other() {
    let world = World::new().await;
    let assessment = ten_minutes(&world).await;
    let (unlucky, lucky) = (world.learner().await, world.learner().await);
    let broken = start(&unlucky, assessment).await.unwrap();
    let tx = world.installation.system().write().await.unwrap();
    response::Entity::update_many()
        .col_expr(response::Column::Answer, Expr::value("no answer"))
        .filter(response::Column::AttemptId.eq(broken))
        .exec(&tx)
        .await
        .unwrap();
    tx.commit().await.unwrap();
    world.installation.pass(Duration::from_mins(30));
    let sound = start(&lucky, assessment).await.unwrap();
    // The pauses between the tries at the first one have grown long when the second is due.
    for _ in 0..11 {
        job::schedule(&world.installation).await.unwrap();
        job::run_due(&world.installation, 100).await.unwrap();
        world.installation.pass(Duration::from_mins(1));
    }
    job::schedule(&world.installation).await.unwrap();
    job::run_due(&world.installation, 100).await.unwrap();
    let result = attempt::result(&lucky, sound).await.unwrap();
    assert_eq!(result.state, AttemptState::Scored);
}
