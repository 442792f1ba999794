//! Practice.

use domain::{
    course::{Activity, Content, Draw, Module, Work},
    id::{ActivityId, CompetencyId, CourseId},
    tenancy::Role,
};
use service::{
    Ctx, Error,
    assessment::practice::{self, PracticeAnswer},
    course::{self, NewCourse},
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

/// A published course with nothing but practice of so many answers.
async fn course_of(author: &Ctx, competency: CompetencyId, count: u16) -> (CourseId, ActivityId) {
    let (course, activity): (CourseId, ActivityId) = (author.new_id(), author.new_id());
    let new = NewCourse {
        id: course,
        title: "Rivers".to_owned(),
        slug: "rivers".to_owned(),
        language: "en".to_owned(),
    };
    course::create(author, new).await.unwrap();
    let draft = course::draft(author, course).await.unwrap();
    let practice = Activity {
        id: activity,
        title: "Practice".to_owned(),
        competencies: vec![competency],
        after: Vec::new(),
        minutes: None,
        work: Work::Practice {
            draws: vec![Draw { competency, count }],
        },
    };
    let module = Module {
        id: author.new_id(),
        title: "Bends".to_owned(),
        summary: String::new(),
        after: Vec::new(),
        activities: vec![practice],
    };
    let content = Content {
        modules: vec![module],
        ..draft.content
    };
    let revision = course::save(author, course, draft.revision, &content)
        .await
        .unwrap();
    course::publish(author, course, revision).await.unwrap();
    (course, activity)
}

#[tokio::test]
async fn an_activity_is_done_with_the_last_answer_that_it_asks_for() {
    let world = World::new().await;
    let competency = world.competency(cut_score(3, 60)).await;
    world.items(competency, "practice", 3).await;
    let author = world.member(Role::Instructor).await;
    let (course, activity) = course_of(&author, competency, 2).await;
    let ctx = world.learner().await;
    let answer = async |within| {
        let question = practice::next(&ctx, &[competency]).await.unwrap().unwrap();
        let given = PracticeAnswer {
            id: question.id,
            within: Some(within),
            item_version: question.item_version,
            fields: answer_with("wrong"),
        };
        practice::answer(&ctx, given).await
    };
    let completed = async || {
        let page = course::show(&ctx, "rivers").await.unwrap();
        page.outline.done
    };
    assert!(
        matches!(answer((course, activity)).await, Err(Error::NotFound)),
        "not enrolled"
    );

    course::enrol(&ctx, course).await.unwrap();
    answer((course, activity)).await.unwrap();
    assert_eq!(completed().await, 0);
    assert!(matches!(
        answer((course, author.new_id())).await,
        Err(Error::NotFound)
    ));
    answer((course, activity)).await.unwrap();
    assert_eq!(completed().await, 1);
}
