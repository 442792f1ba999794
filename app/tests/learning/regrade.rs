//! Regrading a question and answering an appeal, without script.

use axum::http::StatusCode;
use domain::tenancy::Role;
use serde_json::json;
use service::job::run_due;

use crate::{
    browser::Browser,
    world::{World, cut_score, take, text_item, text_item_with},
};

async fn work(world: &World) {
    while run_due(&world.installation, 100).await.unwrap() > 0 {}
}

#[tokio::test]
async fn a_question_is_regraded_from_its_analysis_to_the_learners_result() {
    let world = World::new().await;
    let competency = world.competency(cut_score(1, 100)).await;
    let version = world.item(competency, "assessment", &text_item()).await;
    let assessment = world
        .assessment(competency, 1, json!({ "passRule": cut_score(1, 100) }))
        .await;
    let learner = world.learner().await;
    let (attempt, _) = take(&learner, assessment, "-").await;
    work(&world).await;
    let mended = world.mended(version, &text_item_with("wrong")).await.to_string();
    world.installation.pass(std::time::Duration::from_mins(1));

    let browser = Browser::of(&world.member(Role::Instructor).await);
    let question = format!("/t/harbour/teach/assessments/{assessment}/answers/{version}");
    assert!(browser.get(&question).await.says(&format!("{question}/regrade")));
    let choose = browser.get(&format!("{question}/regrade")).await;
    let back = browser
        .fill(
            &choose,
            &[
                ("remedy", "key"),
                ("version", &mended),
                ("told", "The key was <wrong>."),
            ],
        )
        .await;
    assert_eq!(back.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(back.says("Say why, for the record") && back.says("The key was &lt;wrong>."));
    let waits = browser
        .fill(
            &back,
            &[
                ("remedy", "key"),
                ("version", &mended),
                ("told", "The key was wrong."),
                ("reason", "It named the other bank."),
            ],
        )
        .await;
    assert!(
        waits.says("Nothing has changed yet") && waits.says("Look again"),
        "{}",
        waits.html
    );
    let open = browser.get(&format!("{question}/regrade")).await;
    assert!(open.says(&waits.path), "it leads to the one that is open");

    work(&world).await;
    let ready = browser.get(&waits.path).await;
    assert!(
        ready.says("Wren Overbrook") && ready.says("Apply this regrade"),
        "{}",
        ready.html
    );
    let applying = browser.post(&waits.path, &[("do", "apply")]).await;
    assert!(applying.says("The regrade is in force"));
    work(&world).await;
    assert!(browser.get(&waits.path).await.says("The regrade is done"));

    let result = Browser::of(&learner)
        .get(&format!("/t/harbour/attempts/{attempt}/result"))
        .await;
    assert!(result.says("A question was regraded") && result.says("The key was wrong."));
    assert!(result.says("This question was scored by a mended key."));
    assert!(
        !result.says("It named the other bank."),
        "that is for the record alone"
    );
}

#[tokio::test]
async fn a_learner_asks_for_a_review_and_reads_the_answer() {
    let world = World::new().await;
    let competency = world.competency(cut_score(1, 100)).await;
    world.items(competency, "assessment", 1).await;
    let assessment = world.assessment(competency, 1, json!({})).await;
    let learner = world.learner().await;
    let (attempt, _) = take(&learner, assessment, "-").await;
    let browser = Browser::of(&learner);
    let result = format!("/t/harbour/attempts/{attempt}/result");
    assert!(browser.get(&result).await.says("Ask for a review"));
    let ask = browser
        .get(&format!("/t/harbour/attempts/{attempt}/appeal"))
        .await;
    let back = browser.fill(&ask, &[("reason", "  ")]).await;
    assert!(back.says("Say why it should be looked at again"));
    let asked = browser.fill(&ask, &[("reason", "Both are right.")]).await;
    assert!(asked.says("You asked for a review"), "{}", asked.html);

    let assessor = Browser::of(&world.member(Role::Assessor).await);
    let queue = assessor.get("/t/harbour/teach/marking").await;
    let path = queue
        .html
        .split('"')
        .find(|part| part.contains("/teach/appeals/"));
    let sheet = assessor.get(path.unwrap()).await;
    assert!(
        sheet.says("Both are right.") && !sheet.says("Wren Overbrook"),
        "nobody is named"
    );
    let back = assessor
        .fill(&sheet, &[("points-0", "7"), ("answer", "Half of it is.")])
        .await;
    assert!(back.says("Enter points from 0 to 1") && back.says("Half of it is."));
    let sent = assessor
        .fill(&back, &[("points-0", "0.5"), ("answer", "Half of it is.")])
        .await;
    assert!(sent.says("The answer was sent"), "{}", sent.html);

    let read = browser.get(&result).await;
    assert!(read.says("Reviewed: the result was changed") && read.says("Half of it is."));
    assert!(!read.says("/appeal\""), "it can be asked for once");
}
