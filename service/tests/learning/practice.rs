//! Practice.

use domain::{
    course::{Draw, Work},
    id::{ActivityId, CompetencyId, CourseId},
    tenancy::Role,
};
use service::{
    Ctx, Error,
    assessment::practice::{self, PracticeAnswer},
    course, mastery,
};

use crate::{
    courses::{activity, done, publish},
    world::{World, answer_with, cut_score},
};

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

/// A published course with nothing but practice of so many answers about each.
async fn course_of(author: &Ctx, draws: &[(CompetencyId, u16)]) -> (CourseId, ActivityId) {
    let draws = draws.iter().map(|(competency, count)| Draw {
        competency: *competency,
        count: *count,
    });
    let work = Work::Practice {
        draws: draws.collect(),
    };
    let practice = activity(author, work, None);
    let id = practice.id;
    (publish(author, "rivers", vec![practice]).await, id)
}

/// Answers the next question about `competency`.
async fn answer(
    ctx: &Ctx,
    competency: CompetencyId,
    within: Option<(CourseId, ActivityId)>,
) -> service::Result<()> {
    let question = practice::next(ctx, &[competency]).await.unwrap().unwrap();
    let given = PracticeAnswer {
        id: question.id,
        within,
        item_version: question.item_version,
        fields: answer_with("wrong"),
    };
    practice::answer(ctx, given).await
}

#[tokio::test]
async fn an_activity_is_done_with_the_last_answer_that_it_asks_for() {
    let world = World::new().await;
    let competency = world.competency(cut_score(3, 60)).await;
    world.items(competency, "practice", 3).await;
    let author = world.member(Role::Instructor).await;
    let (course, activity) = course_of(&author, &[(competency, 2)]).await;
    let ctx = world.learner().await;
    let within = Some((course, activity));
    assert!(
        matches!(answer(&ctx, competency, within).await, Err(Error::NotFound)),
        "not enrolled"
    );

    course::enrol(&ctx, course).await.unwrap();
    answer(&ctx, competency, within).await.unwrap();
    assert_eq!(done(&ctx, "rivers").await, 0);
    let elsewhere = Some((course, author.new_id()));
    assert!(matches!(
        answer(&ctx, competency, elsewhere).await,
        Err(Error::NotFound)
    ));
    answer(&ctx, competency, within).await.unwrap();
    assert_eq!(done(&ctx, "rivers").await, 1);
}

#[tokio::test]
async fn many_answers_about_one_competency_make_up_for_none_about_another() {
    let world = World::new().await;
    let bends = world.competency(cut_score(3, 60)).await;
    let banks = world.competency(cut_score(3, 60)).await;
    for competency in [bends, banks] {
        world.items(competency, "practice", 3).await;
    }
    let author = world.member(Role::Instructor).await;
    let (course, activity) = course_of(&author, &[(bends, 1), (banks, 1)]).await;
    let ctx = world.learner().await;
    course::enrol(&ctx, course).await.unwrap();
    let within = Some((course, activity));
    for _ in 0..3 {
        answer(&ctx, bends, within).await.unwrap();
    }
    assert_eq!(done(&ctx, "rivers").await, 0);
    answer(&ctx, banks, within).await.unwrap();
    assert_eq!(done(&ctx, "rivers").await, 1);
}

#[tokio::test]
async fn practice_is_done_by_saying_so_once_enough_was_answered_wherever_that_was() {
    let world = World::new().await;
    let competency = world.competency(cut_score(3, 60)).await;
    world.items(competency, "practice", 3).await;
    let author = world.member(Role::Instructor).await;
    let (course, activity) = course_of(&author, &[(competency, 1)]).await;
    let ctx = world.learner().await;
    course::enrol(&ctx, course).await.unwrap();
    assert!(matches!(
        course::complete(&ctx, course, activity).await,
        Err(Error::Refused("practice-not-enough"))
    ));
    answer(&ctx, competency, None).await.unwrap();
    course::complete(&ctx, course, activity).await.unwrap();
    assert_eq!(done(&ctx, "rivers").await, 1);
}

#[tokio::test]
async fn practice_without_questions_holds_nobody_up() {
    let world = World::new().await;
    let competency = world.competency(cut_score(3, 60)).await;
    world.items(competency, "assessment", 3).await;
    let author = world.member(Role::Instructor).await;
    let (course, activity) = course_of(&author, &[(competency, 5)]).await;
    let ctx = world.learner().await;
    course::enrol(&ctx, course).await.unwrap();
    course::complete(&ctx, course, activity).await.unwrap();
    assert_eq!(done(&ctx, "rivers").await, 1);
}
