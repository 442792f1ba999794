//! Pages about answers that come when the time is up.

use std::time::Duration;

use axum::http::StatusCode;
use domain::tenancy::Role;
use serde_json::json;
use service::{
    Ctx,
    assessment::late::{self, Coming},
    job,
};

use crate::{
    browser::Browser,
    world::{World, answer_with, cut_score, start},
};

#[tokio::test]
async fn an_assessor_sees_both_answers_and_decides_and_the_learner_reads_what() {
    let world = World::new().await;
    let competency = world.competency(cut_score(1, 100)).await;
    world.items(competency, "assessment", 1).await;
    let more = json!({ "passRule": cut_score(1, 100), "timeLimit": 600 });
    let assessment = world.assessment(competency, 1, more).await;
    let learner = world.learner().await;
    let attempt = start(&learner, assessment).await.unwrap();
    close(&world).await;

    let pages = Browser::of(&learner);
    let result = pages.get(&format!("/t/harbour/attempts/{attempt}/result")).await;
    assert!(result.says("it is taken until") && !result.says("class=\"marked\""));
    come(&learner, attempt).await;
    let result = pages.get(&result.path).await;
    assert!(result.says("An answer to question 1 came late") && result.says("a person decides"));

    let assessor = Browser::of(&world.member(Role::Assessor).await);
    let queue = assessor.get("/t/harbour/teach/marking").await;
    let path = format!("/t/harbour/teach/late/{attempt}");
    assert!(
        queue.says("Answers that came late") && queue.says(&path),
        "{}",
        queue.html
    );
    let page = assessor.get(&path).await;
    assert!(page.says("Nothing was handed in.") && page.says("right") && page.says("Arrived on"));
    assert!(!page.says("Wren Overbrook"), "nothing says whose it is");
    let fields = [("position", "0"), ("reason-0", "The ferry was late.")];
    let returned = assessor.post(&path, &fields).await;
    assert_eq!(returned.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(returned.says("Choose whether it counts") && returned.says("The ferry was late."));
    let fields = [fields[0], fields[1], ("counts-0", "yes")];
    let decided = assessor.post(&path, &fields).await;
    assert!(decided.says("The late answer counts"), "{}", decided.html);

    let result = pages.get(&result.path).await;
    assert!(result.says("It counts in place of what was handed in.") && result.says("1 of 1 points"));
    assert!(result.says("The ferry was late."));
    let told = pages
        .post(&format!("/t/harbour/attempts/{attempt}/answers"), &[])
        .await;
    assert!(told.path.ends_with("/result") && told.says("The answer that counts here came"));
}

async fn close(world: &World) {
    world.installation.pass(Duration::from_mins(11));
    job::schedule(&world.installation).await.unwrap();
    world.installation.run_jobs().await.unwrap();
}

async fn come(learner: &Ctx, attempt: domain::id::AttemptId) {
    let coming = Coming {
        position: 0,
        fields: answer_with("right"),
        sequence: 1,
        given_ago: Some(Duration::from_mins(2)),
    };
    late::come(learner, attempt, coming).await.unwrap();
}
