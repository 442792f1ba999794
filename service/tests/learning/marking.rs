//! Marking by people.

use std::{collections::BTreeMap, time::Duration};

use domain::{
    assessment::{AttemptState, Identifier, Mark, MarkingStage},
    id::{AssessmentId, MarkingId},
    mastery::Outcome,
    tenancy::Role,
};
use serde_json::json;
use service::{
    Ctx, Error,
    assessment::{
        attempt,
        marking::{self, Unfinished},
    },
    mail::Message,
};

use crate::world::{World, cut_score, essay, take};

async fn two_essays(world: &World) -> AssessmentId {
    let rule = json!({ "kind": "rubric-level", "level": 1, "assessors": 1 });
    let competency = world.competency(rule).await;
    for _ in 0..2 {
        world.item(competency, "assessment", &essay()).await;
    }
    world
        .assessment(competency, 2, json!({ "passRule": cut_score(2, 60) }))
        .await
}

fn says(level: &str) -> BTreeMap<Identifier, Mark> {
    let mark = json!({ "levels": { "clear": level }, "comment": "Well put." });
    BTreeMap::from([("R".parse().unwrap(), serde_json::from_value(mark).unwrap())])
}

async fn claim_next(ctx: &Ctx, assessment: AssessmentId) -> MarkingId {
    marking::claim_next(ctx, assessment).await.unwrap().unwrap()
}

#[tokio::test]
async fn the_last_mark_decides_and_the_learner_hears_of_it() {
    let world = World::new().await;
    let assessment = two_essays(&world).await;
    let learner = world.learner().await;
    let (id, state) = take(&learner, assessment, "++").await;
    assert_eq!(state, AttemptState::Marking);
    assert_eq!(attempt::result(&learner, id).await.unwrap().points, None);

    let assessor = world.member(Role::Assessor).await;
    for round in 0..2 {
        assert_eq!(
            attempt::result(&learner, id).await.unwrap().state,
            AttemptState::Marking,
            "{round}"
        );
        let piece = claim_next(&assessor, assessment).await;
        assert_eq!(
            marking::open(&assessor, piece).await.unwrap().works[0].text,
            "right"
        );
        marking::mark(&assessor, piece, MarkingStage::First, says("yes"))
            .await
            .unwrap();
        marking::mark(&assessor, piece, MarkingStage::First, says("yes"))
            .await
            .unwrap();
    }
    let result = attempt::result(&learner, id).await.unwrap();
    assert_eq!(
        (result.state, result.outcome),
        (AttemptState::Scored, Some(Outcome::Mastered))
    );
    assert!(
        result
            .decisions
            .iter()
            .all(|decision| decision.outcome == Outcome::Mastered)
    );
    assert_eq!(result.questions[0].comments, ["Well put."]);
    assert_eq!(marking::queue(&assessor).await.unwrap(), (Vec::new(), Vec::new()));
    service::job::run_due(&world.installation, 10).await.unwrap();
    let mails = world.installation.take_mails();
    assert!(
        matches!(&mails[..], [mail] if matches!(mail.message, Message::AttemptMarked { .. })),
        "{mails:?}"
    );
}

#[tokio::test]
async fn two_assessors_do_not_mark_one_piece_unawares() {
    let world = World::new().await;
    let assessment = two_essays(&world).await;
    take(&world.learner().await, assessment, "++").await;
    let (one, two) = (
        world.member(Role::Assessor).await,
        world.member(Role::Assessor).await,
    );
    let piece = claim_next(&one, assessment).await;
    assert_eq!(claim_next(&one, assessment).await, piece, "one's own comes again");
    assert_ne!(claim_next(&two, assessment).await, piece);
    assert!(matches!(
        marking::claim(&two, piece).await,
        Err(Error::Refused("marking-taken"))
    ));
    assert!(matches!(marking::open(&two, piece).await, Err(Error::NotFound)));
    let taken = marking::mark(&two, piece, MarkingStage::First, says("yes")).await;
    assert!(matches!(taken, Err(Error::Refused("marking-taken"))));

    world.installation.pass(Duration::from_mins(31));
    marking::claim(&two, piece).await.unwrap();
    marking::mark(&two, piece, MarkingStage::First, says("no"))
        .await
        .unwrap();
    let late = marking::mark(&one, piece, MarkingStage::First, says("yes")).await;
    assert!(matches!(late, Err(Error::Refused("marking-taken"))));
}

#[tokio::test]
async fn a_piece_given_back_is_free_again() {
    let world = World::new().await;
    let assessment = two_essays(&world).await;
    take(&world.learner().await, assessment, "++").await;
    let (one, two) = (
        world.member(Role::Assessor).await,
        world.member(Role::Assessor).await,
    );
    let piece = claim_next(&one, assessment).await;
    marking::release(&one, piece, Unfinished::Keep).await.unwrap();
    marking::claim(&two, piece).await.unwrap();
}

#[tokio::test]
async fn nobody_marks_their_own_work_and_learners_mark_nothing() {
    let world = World::new().await;
    let assessment = two_essays(&world).await;
    let instructor = world.member(Role::Instructor).await;
    take(&instructor, assessment, "++").await;
    assert!(
        marking::claim_next(&instructor, assessment)
            .await
            .unwrap()
            .is_none()
    );
    let (queues, _) = marking::queue(&instructor).await.unwrap();
    let own: u64 = queues[0].questions.iter().map(|it| it.own_work).sum();
    let free: u64 = queues[0].questions.iter().map(|it| it.free).sum();
    assert_eq!((own, free), (2, 0));
    let assessor = world.member(Role::Assessor).await;
    let piece = claim_next(&assessor, assessment).await;
    let claimed = marking::claim(&instructor, piece).await;
    assert!(matches!(claimed, Err(Error::Refused("marking-own-work"))));
    let learner = world.learner().await;
    assert!(matches!(marking::queue(&learner).await, Err(Error::NotFound)));
    assert!(matches!(
        marking::claim(&learner, piece).await,
        Err(Error::NotFound)
    ));
}

#[tokio::test]
async fn a_mark_without_a_level_comes_back() {
    let world = World::new().await;
    let assessment = two_essays(&world).await;
    take(&world.learner().await, assessment, "++").await;
    let assessor = world.member(Role::Assessor).await;
    let piece = claim_next(&assessor, assessment).await;
    let refused = marking::mark(&assessor, piece, MarkingStage::First, BTreeMap::new()).await;
    let Err(Error::Invalid(errors)) = refused else {
        panic!("{refused:?}")
    };
    let error = errors.iter().next().unwrap();
    assert_eq!(
        (error.field.as_str(), error.code.as_str()),
        ("R.clear", "answer-no-level")
    );
}

#[tokio::test]
async fn what_was_left_blank_needs_no_mark() {
    let world = World::new().await;
    let assessment = two_essays(&world).await;
    let (id, state) = take(&world.learner().await, assessment, "").await;
    assert_eq!(state, AttemptState::Scored, "{id}");
}
