//! Practice.

use service::{
    Error,
    assessment::practice::{self, PracticeAnswer},
    mastery,
};

use crate::world::{World, answer_with, cut_score};

#[tokio::test]
async fn an_answer_is_told_about_and_moves_the_estimate_once() {
    let world = World::new().await;
    let competency = world.competency(cut_score(3, 60)).await;
    world.items(competency, "practice", 3).await;
    let ctx = world.learner().await;
    let question = practice::next(&ctx, &[competency]).await.unwrap().unwrap();
    let given = PracticeAnswer {
        within: None,
        id: question.id,
        item_version: question.item_version,
        fields: answer_with("right"),
    };
    practice::answer(&ctx, given.clone()).await.unwrap();
    practice::answer(&ctx, given).await.unwrap();
    let told = practice::feedback(&ctx, question.id).await.unwrap();
    assert_eq!(told.feedback.points, told.feedback.max);
    let progress = mastery::here(&ctx).await.unwrap();
    let estimate = progress[0].estimate.unwrap();
    assert_eq!(estimate.answers, 1);
    assert!(estimate.logits > 0.0);
    assert_eq!(progress[0].outcome, None, "practice decides nothing");
}

#[tokio::test]
async fn what_was_just_seen_does_not_come_again_at_once() {
    let world = World::new().await;
    let competency = world.competency(cut_score(3, 60)).await;
    world.items(competency, "practice", 3).await;
    let ctx = world.learner().await;
    let mut asked = Vec::new();
    for _ in 0..3 {
        let question = practice::next(&ctx, &[competency]).await.unwrap().unwrap();
        assert!(!asked.contains(&question.item_version));
        asked.push(question.item_version);
        let given = PracticeAnswer {
            within: None,
            id: question.id,
            item_version: question.item_version,
            fields: answer_with("wrong"),
        };
        practice::answer(&ctx, given).await.unwrap();
    }
}

#[tokio::test]
async fn an_assessments_items_cannot_be_tried_out_in_practice() {
    let world = World::new().await;
    let competency = world.competency(cut_score(3, 60)).await;
    let item = world
        .item(competency, "assessment", &crate::world::text_item())
        .await;
    let ctx = world.learner().await;
    assert!(practice::next(&ctx, &[competency]).await.unwrap().is_none());
    let given = PracticeAnswer {
        within: None,
        id: ctx.new_id(),
        item_version: item,
        fields: answer_with("right"),
    };
    assert!(matches!(
        practice::answer(&ctx, given).await,
        Err(Error::NotFound)
    ));
}

#[tokio::test]
async fn anothers_answer_is_not_there() {
    let world = World::new().await;
    let competency = world.competency(cut_score(3, 60)).await;
    world.items(competency, "practice", 1).await;
    let ctx = world.learner().await;
    let question = practice::next(&ctx, &[competency]).await.unwrap().unwrap();
    let given = PracticeAnswer {
        within: None,
        id: question.id,
        item_version: question.item_version,
        fields: answer_with("right"),
    };
    practice::answer(&ctx, given).await.unwrap();
    let stranger = world.learner().await;
    assert!(matches!(
        practice::feedback(&stranger, question.id).await,
        Err(Error::NotFound)
    ));
}
