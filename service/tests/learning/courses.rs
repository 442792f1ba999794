//! Courses made for a test, and assessments that stand in them.

use std::time::Duration;

use domain::{
    course::{Activity, Content, Module, Prerequisite, Work},
    id::{ActivityId, AssessmentId, CourseId},
    tenancy::Role,
};
use serde_json::json;
use service::{
    Ctx, Error,
    assessment::attempt::{self, Readiness, Start},
    course::{self, NewCourse},
};

use crate::world::{World, cut_score, start, take};

/// Something to do, after `after` if there is anything.
pub(crate) fn activity(author: &Ctx, work: Work, after: Option<ActivityId>) -> Activity {
    Activity {
        id: author.new_id(),
        title: "Bends".to_owned(),
        competencies: Vec::new(),
        after: after.map(Prerequisite::Activity).into_iter().collect(),
        minutes: None,
        work,
    }
}

/// Publishes a course of one module.
pub(crate) async fn publish(author: &Ctx, slug: &str, activities: Vec<Activity>) -> CourseId {
    let id: CourseId = author.new_id();
    let new = NewCourse {
        id,
        title: "Rivers".to_owned(),
        slug: slug.to_owned(),
        language: "en".to_owned(),
    };
    course::create(author, new).await.unwrap();
    let draft = course::draft(author, id).await.unwrap();
    let module = Module {
        id: author.new_id(),
        title: "Bends".to_owned(),
        summary: String::new(),
        after: Vec::new(),
        activities,
    };
    let content = Content {
        modules: vec![module],
        ..draft.content
    };
    let revision = course::save(author, id, draft.revision, &content).await.unwrap();
    course::publish(author, id, revision).await.unwrap();
    id
}

/// How many activities of a course a learner has done.
pub(crate) async fn done(learner: &Ctx, slug: &str) -> usize {
    course::show(learner, slug).await.unwrap().outline.done
}

fn lesson() -> Work {
    Work::Lesson {
        markdown: "A bend.".to_owned(),
    }
}

async fn assessment(world: &World) -> AssessmentId {
    let competency = world.competency(cut_score(1, 60)).await;
    world.items(competency, "assessment", 4).await;
    let more = json!({ "passRule": cut_score(1, 60) });
    world.assessment(competency, 1, more).await
}

/// A course in which the assessment comes after a lesson.
async fn course_with(
    author: &Ctx,
    slug: &str,
    assessment: AssessmentId,
) -> (CourseId, ActivityId, ActivityId) {
    let first = activity(author, lesson(), None);
    let work = Work::Assessment {
        assessment: Some(assessment),
    };
    let second = activity(author, work, Some(first.id));
    let (lesson, check) = (first.id, second.id);
    let course = publish(author, slug, vec![first, second]).await;
    (course, lesson, check)
}

async fn readiness(learner: &Ctx, assessment: AssessmentId) -> Readiness {
    attempt::brief(learner, assessment, None).await.unwrap().readiness
}

#[tokio::test]
async fn an_assessment_of_a_course_waits_for_what_comes_first_wherever_it_is_begun() {
    let world = World::new().await;
    let assessment = assessment(&world).await;
    let author = world.member(Role::Instructor).await;
    let ctx = world.learner().await;
    assert_eq!(readiness(&ctx, assessment).await, Readiness::Now);

    let (course, lesson, check) = course_with(&author, "rivers", assessment).await;
    let refused = async |within| {
        let id = ctx.new_id();
        let start = Start {
            id,
            assessment,
            within,
            access_code: String::new(),
            agreed: false,
        };
        let begun = attempt::start(&ctx, start).await;
        assert!(
            matches!(begun, Err(Error::Refused("attempt-not-open"))),
            "{begun:?}"
        );
        assert_eq!(readiness(&ctx, assessment).await, Readiness::InCourse(course));
    };
    refused(None).await;
    course::enrol(&ctx, course).await.unwrap();
    refused(None).await;
    refused(Some((course, check))).await;
    refused(Some((course, lesson))).await;
    refused(Some((ctx.new_id(), ctx.new_id()))).await;

    course::complete(&ctx, course, lesson).await.unwrap();
    let brief = attempt::brief(&ctx, assessment, None).await.unwrap();
    assert_eq!(
        (brief.readiness, brief.within),
        (Readiness::Now, Some((course, check)))
    );
    take(&ctx, assessment, "+").await;
    assert_eq!(done(&ctx, "rivers").await, 2, "begun outside, it counts inside");
}

#[tokio::test]
async fn of_two_activities_that_are_open_it_is_begun_in_the_one_that_the_learner_came_from() {
    let world = World::new().await;
    let assessment = assessment(&world).await;
    let author = world.member(Role::Instructor).await;
    let ctx = world.learner().await;
    let mut checks = Vec::new();
    for slug in ["rivers", "streams", "brooks"] {
        world.installation.pass(Duration::from_secs(1));
        let (course, lesson, check) = course_with(&author, slug, assessment).await;
        course::enrol(&ctx, course).await.unwrap();
        if slug != "brooks" {
            course::complete(&ctx, course, lesson).await.unwrap();
        }
        checks.push((course, check));
    }
    for (from, to) in [(0, 0), (1, 1), (2, 0)] {
        let brief = attempt::brief(&ctx, assessment, Some(checks[from]))
            .await
            .unwrap();
        assert_eq!(brief.within, Some(checks[to]));
    }
}

#[tokio::test]
async fn a_course_that_is_put_away_or_never_published_holds_nobody_up() {
    let world = World::new().await;
    let assessment = assessment(&world).await;
    let author = world.member(Role::Instructor).await;
    let ctx = world.learner().await;
    let (course, ..) = course_with(&author, "rivers", assessment).await;
    assert!(start(&ctx, assessment).await.is_err());
    course::archive(&author, course).await.unwrap();
    assert!(start(&ctx, assessment).await.is_ok());
}

#[tokio::test]
async fn a_link_to_an_assessment_does_not_put_it_into_the_course() {
    let world = World::new().await;
    let assessment = assessment(&world).await;
    let author = world.member(Role::Instructor).await;
    let ctx = world.learner().await;
    let markdown = format!("See [the check](/t/delta/assess/{assessment}), or say \"{assessment}\".");
    let lesson = activity(&author, Work::Lesson { markdown }, None);
    publish(&author, "rivers", vec![lesson]).await;
    assert_eq!(readiness(&ctx, assessment).await, Readiness::Now);
}

#[tokio::test]
async fn what_is_passed_in_one_course_is_done_in_every_other() {
    let world = World::new().await;
    let assessment = assessment(&world).await;
    let author = world.member(Role::Instructor).await;
    let ctx = world.learner().await;
    for slug in ["rivers", "streams"] {
        let (course, lesson, _) = course_with(&author, slug, assessment).await;
        course::enrol(&ctx, course).await.unwrap();
        course::complete(&ctx, course, lesson).await.unwrap();
    }
    take(&ctx, assessment, "+").await;
    for slug in ["rivers", "streams"] {
        let taken = course::show(&ctx, slug).await.unwrap().enrolment.unwrap();
        assert!(taken.completed_at.is_some(), "{slug}");
    }
    let (course, lesson, _) = course_with(&author, "brooks", assessment).await;
    course::enrol(&ctx, course).await.unwrap();
    assert_eq!(done(&ctx, "brooks").await, 1);
    course::complete(&ctx, course, lesson).await.unwrap();
    assert_eq!(done(&ctx, "brooks").await, 2);
}
