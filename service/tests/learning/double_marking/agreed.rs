//! Whose mark stands.

use std::time::Duration;

use domain::{
    assessment::{AttemptState, MarkingStage, Points},
    tenancy::Role,
};
use entity::assessment::attempt as attempt_table;
use sea_orm::ColumnTrait;
use service::{
    Error,
    assessment::{
        attempt,
        marking::{self, Unfinished},
    },
};

use super::{marks, next, one_essay, row, says, set, settle, state};
use crate::world::{World, take};

#[tokio::test]
async fn two_who_agree_give_the_first_ones_mark_and_only_then_is_it_done() {
    let world = World::new().await;
    let assessment = one_essay(&world, 100).await;
    let learner = world.learner().await;
    let (id, _) = take(&learner, assessment, "+").await;
    let (one, two) = (
        world.member(Role::Assessor).await,
        world.member(Role::Assessor).await,
    );
    let piece = marks(&one, assessment, "yes").await;
    assert_eq!(state(&learner, id).await, AttemptState::Marking);
    assert_eq!(next(&one, assessment).await, None, "not both by the same person");
    let again = marking::claim(&one, piece).await;
    assert!(matches!(again, Err(Error::Refused("marking-both"))));
    let other = marking::mark(&one, piece, MarkingStage::First, says("no")).await;
    assert!(
        matches!(other, Err(Error::Refused("marking-both"))),
        "it is not taken in silence"
    );
    marking::mark(&one, piece, MarkingStage::First, says("yes"))
        .await
        .unwrap();

    assert_eq!(marks(&two, assessment, "yes").await, piece);
    let result = attempt::result(&learner, id).await.unwrap();
    assert_eq!(result.state, AttemptState::Scored);
    assert_eq!(result.questions[0].comments, ["It is yes."]);
    let row = row(&world, piece).await;
    assert_eq!(
        (row.marked_by, row.second_by),
        (one.actor().person, two.actor().person)
    );
    service::job::run_due(&world.installation, 10).await.unwrap();
    assert_eq!(world.installation.take_mails().len(), 1);
}

#[tokio::test]
async fn the_second_assessor_never_sees_the_first_ones_mark() {
    let world = World::new().await;
    let assessment = one_essay(&world, 100).await;
    take(&world.learner().await, assessment, "+").await;
    let (one, two) = (
        world.member(Role::Assessor).await,
        // Even those who may settle disputes mark blindly when they mark.
        world.member(Role::Owner).await,
    );
    marks(&one, assessment, "yes").await;
    let piece = next(&two, assessment).await.unwrap();
    let seen = marking::open(&two, piece).await.unwrap();
    assert_eq!((seen.mark, seen.in_dispute), (None, None));
    assert!(seen.draft.is_empty());
    marking::mark(&two, piece, MarkingStage::First, says("no"))
        .await
        .unwrap();
    for (ctx, level) in [(&one, "yes"), (&two, "no")] {
        let seen = marking::open(ctx, piece).await.unwrap();
        let own = seen.mark.unwrap();
        assert_eq!(own.marks, says(level), "each sees what they have said themselves");
        assert_eq!(seen.in_dispute, None);
    }
}

#[tokio::test]
async fn marks_that_differ_wait_for_a_third_person_who_settles_them_once() {
    let world = World::new().await;
    let assessment = one_essay(&world, 100).await;
    let learner = world.learner().await;
    let (id, _) = take(&learner, assessment, "+").await;
    let (one, two) = (
        world.member(Role::Instructor).await,
        world.member(Role::Instructor).await,
    );
    let piece = marks(&one, assessment, "yes").await;
    marks(&two, assessment, "no").await;
    assert_eq!(state(&learner, id).await, AttemptState::Marking);

    for own in [&one, &two] {
        assert_eq!(settle(own, assessment).await.unwrap(), None);
        let claimed = marking::claim(own, piece).await;
        assert!(matches!(claimed, Err(Error::Refused("marking-both"))));
    }
    let assessor = world.member(Role::Assessor).await;
    assert!(matches!(
        settle(&assessor, assessment).await,
        Err(Error::NotFound)
    ));
    assert!(matches!(
        marking::claim(&assessor, piece).await,
        Err(Error::NotFound)
    ));
    assert!(matches!(
        marking::mark(&assessor, piece, MarkingStage::First, says("yes")).await,
        Err(Error::NotFound)
    ));
    assert_eq!(next(&assessor, assessment).await, None);

    let third = world.member(Role::Instructor).await;
    assert_eq!(
        next(&third, assessment).await,
        None,
        "it is no piece to be marked"
    );
    let (queues, _) = marking::queue(&third).await.unwrap();
    let question = &queues[0].questions[0];
    assert_eq!(
        (question.in_dispute, question.free_in_dispute, question.free),
        (1, 1, 0)
    );
    assert_eq!(settle(&third, assessment).await.unwrap(), Some(piece));
    let both = marking::open(&third, piece).await.unwrap().in_dispute.unwrap();
    assert_eq!(both.map(|mark| mark.marks), [says("yes"), says("no")]);
    for _ in 0..2 {
        marking::mark(&third, piece, MarkingStage::Moderation, says("yes"))
            .await
            .unwrap();
    }
    let result = attempt::result(&learner, id).await.unwrap();
    assert_eq!(result.state, AttemptState::Scored);
    assert_eq!(
        result.points,
        Some((Points::from_hundredths(400), Points::from_hundredths(400)))
    );
    let fourth = world.member(Role::Admin).await;
    let late = marking::mark(&fourth, piece, MarkingStage::First, says("no")).await;
    assert!(matches!(late, Err(Error::Refused("marking-taken"))));
    service::job::run_due(&world.installation, 10).await.unwrap();
    assert_eq!(world.installation.take_mails().len(), 1);

    let found = marking::agreement(&third, assessment).await.unwrap();
    assert_eq!((found.pieces, found.agreed, found.in_dispute), (1, 0, 0));
    assert_eq!(found.questions[0].criteria[0].same, 0);
    assert!(matches!(
        marking::agreement(&assessor, assessment).await,
        Err(Error::NotFound)
    ));
}

#[tokio::test]
async fn marks_within_the_tolerance_agree_and_the_first_one_stands() {
    let world = World::new().await;
    let assessment = one_essay(&world, 100).await;
    set(&world, assessment, 100, 400).await.unwrap();
    let learner = world.learner().await;
    let (id, _) = take(&learner, assessment, "+").await;
    marks(&world.member(Role::Assessor).await, assessment, "no").await;
    marks(&world.member(Role::Assessor).await, assessment, "yes").await;
    let result = attempt::result(&learner, id).await.unwrap();
    assert_eq!(result.points, Some((Points::ZERO, Points::from_hundredths(400))));
}

#[tokio::test]
async fn nobody_settles_a_dispute_that_they_have_not_seen() {
    let world = World::new().await;
    let assessment = one_essay(&world, 100).await;
    let learner = world.learner().await;
    let (id, _) = take(&learner, assessment, "+").await;
    let third = world.member(Role::Instructor).await;
    let piece = next(&third, assessment).await.unwrap();
    let seen = marking::open(&third, piece).await.unwrap().stage;
    world.installation.pass(Duration::from_mins(31));
    marks(&world.member(Role::Assessor).await, assessment, "yes").await;
    marks(&world.member(Role::Assessor).await, assessment, "no").await;

    let blind = marking::mark(&third, piece, seen, says("no")).await;
    assert!(matches!(blind, Err(Error::Stale)), "{blind:?}");
    assert_eq!(state(&learner, id).await, AttemptState::Marking);
    let shown = marking::open(&third, piece).await.unwrap();
    assert_eq!((shown.stage, shown.draft), (MarkingStage::Moderation, says("no")));
    assert!(shown.in_dispute.is_some());
    marking::mark(&third, piece, shown.stage, says("no"))
        .await
        .unwrap();
    assert_eq!(state(&learner, id).await, AttemptState::Scored);
}

#[tokio::test]
async fn a_piece_in_dispute_is_not_offered_again_to_who_may_not_settle_it() {
    let world = World::new().await;
    let assessment = one_essay(&world, 100).await;
    take(&world.learner().await, assessment, "+").await;
    let (assessor, instructor) = (
        world.member(Role::Assessor).await,
        world.member(Role::Instructor).await,
    );
    for early in [&assessor, &instructor] {
        let piece = next(early, assessment).await.unwrap();
        marking::keep_draft(early, piece, says("yes")).await.unwrap();
        marking::release(early, piece, Unfinished::Keep).await.unwrap();
    }
    marks(&world.member(Role::Assessor).await, assessment, "yes").await;
    marks(&world.member(Role::Assessor).await, assessment, "no").await;
    assert_eq!(marking::queue(&assessor).await.unwrap().1, []);
    let (_, begun) = marking::queue(&instructor).await.unwrap();
    assert_eq!(begun.len(), 1);
    marking::claim(&instructor, begun[0].id).await.unwrap();
}

#[tokio::test]
async fn a_second_marks_learner_does_not_wait_for_ever_when_marks_are_given_at_once() {
    let world = World::new().await;
    let assessment = one_essay(&world, 100).await;
    let learner = world.learner().await;
    let (id, _) = take(&learner, assessment, "+").await;
    let (one, two) = (
        world.member(Role::Assessor).await,
        world.member(Role::Assessor).await,
    );
    let piece = next(&one, assessment).await.unwrap();
    let (first, second) = tokio::join!(
        marking::mark(&one, piece, MarkingStage::First, says("yes")),
        marking::mark(&two, piece, MarkingStage::First, says("yes"))
    );
    first.unwrap();
    if second.is_err() {
        // The first mark was not given yet, and the piece the other's.
        marking::mark(&two, piece, MarkingStage::First, says("yes"))
            .await
            .unwrap();
    }
    assert_eq!(state(&learner, id).await, AttemptState::Scored);
    let rows = world.look().await;
    let rows = rows
        .rows::<attempt_table::Entity>()
        .filter(attempt_table::Column::ScoredAt.is_not_null());
    assert_eq!(rows.count().await.unwrap(), 1);
}
