//! Marking by two, and what becomes of marks that differ.

use std::{collections::BTreeMap, time::Duration};

use domain::{
    assessment::{Annotation, AttemptState, DoubleMarking, Identifier, Mark, MarkingStage, Points},
    id::{AssessmentId, AttemptId, MarkingId},
    tenancy::Role,
};
use entity::{
    assessment::{attempt as attempt_table, marking as table, marking_draft},
    tenancy::membership,
};
use sea_orm::ColumnTrait;
use serde_json::json;
use service::{
    Ctx, Error,
    assessment::{
        attempt,
        marking::{self, Unfinished, Wanted},
    },
};

use crate::world::{World, add_tenant, cut_score, essay, join, take};

/// An assessment of one text, of which such a share is marked by two.
async fn one_essay(world: &World, share: u8) -> AssessmentId {
    let competency = world.competency(cut_score(1, 60)).await;
    world.item(competency, "assessment", &essay()).await;
    let more = json!({ "passRule": cut_score(1, 60) });
    let assessment = world.assessment(competency, 1, more).await;
    set(world, assessment, share, 0).await.unwrap();
    assessment
}

async fn set(world: &World, assessment: AssessmentId, share: u8, tolerance: i64) -> service::Result<()> {
    let author = world.member(Role::Instructor).await;
    let seen = marking::double_marking(&author, assessment).await.unwrap();
    let next = DoubleMarking {
        share,
        tolerance: Points::from_hundredths(tolerance),
    };
    marking::set_double_marking(&author, assessment, seen, next).await
}

fn says(level: &str) -> BTreeMap<Identifier, Mark> {
    let mark = json!({ "levels": { "clear": level }, "comment": format!("It is {level}.") });
    BTreeMap::from([("R".parse().unwrap(), serde_json::from_value(mark).unwrap())])
}

async fn next(ctx: &Ctx, assessment: AssessmentId) -> Option<MarkingId> {
    marking::claim_next(ctx, assessment).await.unwrap()
}

async fn settle(ctx: &Ctx, assessment: AssessmentId) -> service::Result<Option<MarkingId>> {
    let wanted = Wanted {
        in_dispute: true,
        ..Wanted::from(assessment)
    };
    marking::claim_next(ctx, wanted).await
}

/// The next piece is taken and marked so.
async fn marks(ctx: &Ctx, assessment: AssessmentId, level: &str) -> MarkingId {
    let piece = next(ctx, assessment).await.unwrap();
    marking::mark(ctx, piece, MarkingStage::First, says(level))
        .await
        .unwrap();
    piece
}

async fn state(learner: &Ctx, id: AttemptId) -> AttemptState {
    attempt::result(learner, id).await.unwrap().state
}

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

async fn row(world: &World, piece: MarkingId) -> table::Model {
    let found = world.look().await;
    let found = found.rows::<table::Entity>().filter(table::Column::Id.eq(piece));
    found.one().await.unwrap().unwrap()
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
async fn the_sample_is_what_the_pieces_ids_say_and_holds_for_later_pieces_only() {
    let world = World::new().await;
    let assessment = one_essay(&world, 0).await;
    take(&world.learner().await, assessment, "+").await;
    // Ids that are made later sort later.
    world.installation.pass(Duration::from_secs(1));
    set(&world, assessment, 40, 0).await.unwrap();
    for _ in 0..12 {
        take(&world.learner().await, assessment, "+").await;
    }
    let double = DoubleMarking {
        share: 40,
        ..DoubleMarking::default()
    };
    let tx = world.look().await;
    let rows = tx
        .rows::<table::Entity>()
        .asc(table::Column::Id)
        .all()
        .await
        .unwrap();
    assert_eq!(rows.len(), 13);
    assert!(!rows[0].is_double, "it was handed in before that was set");
    for row in &rows[1..] {
        assert_eq!(row.is_double, double.draws(row.id));
    }
}

#[tokio::test]
async fn how_much_two_mark_is_for_authors_to_say_and_from_what_they_saw() {
    let world = World::new().await;
    let assessment = one_essay(&world, 20).await;
    let assessor = world.member(Role::Assessor).await;
    let seen = DoubleMarking {
        share: 20,
        ..DoubleMarking::default()
    };
    let more = DoubleMarking { share: 50, ..seen };
    for refused in [
        marking::set_double_marking(&assessor, assessment, seen, more).await,
        marking::double_marking(&assessor, assessment).await.map(drop),
    ] {
        assert!(matches!(refused, Err(Error::NotFound)));
    }
    let author = world.member(Role::Instructor).await;
    let stale = marking::set_double_marking(&author, assessment, DoubleMarking::default(), more).await;
    assert!(matches!(stale, Err(Error::Stale)));
    assert!(matches!(
        set(&world, assessment, 101, 0).await,
        Err(Error::Invalid(_))
    ));
    let elsewhere = add_tenant(&world.installation, "ridge").await;
    let neighbour = join(&world.installation, elsewhere, Role::Owner).await;
    for refused in [
        marking::set_double_marking(&neighbour, assessment, DoubleMarking::default(), more).await,
        marking::agreement(&neighbour, assessment).await.map(drop),
    ] {
        assert!(matches!(refused, Err(Error::NotFound)));
    }
}

#[tokio::test]
async fn what_was_begun_is_there_again_when_the_time_has_run_out() {
    let world = World::new().await;
    let assessment = one_essay(&world, 100).await;
    take(&world.learner().await, assessment, "+").await;
    let (slow, quick) = (
        world.member(Role::Assessor).await,
        world.member(Role::Assessor).await,
    );
    let piece = next(&slow, assessment).await.unwrap();
    world.installation.pass(Duration::from_mins(20));
    let begun: BTreeMap<Identifier, Mark> = BTreeMap::from([(
        "R".parse().unwrap(),
        serde_json::from_value(json!({ "levels": {}, "comment": "So far" })).unwrap(),
    )]);
    marking::keep_draft(&slow, piece, begun.clone()).await.unwrap();
    world.installation.pass(Duration::from_mins(20));
    let taken = marking::claim(&quick, piece).await;
    assert!(
        matches!(taken, Err(Error::Refused("marking-taken"))),
        "whoever keeps a draft is at work on it"
    );
    world.installation.pass(Duration::from_mins(11));
    assert_eq!(marks(&quick, assessment, "yes").await, piece);
    let late = marking::keep_draft(&slow, piece, begun.clone()).await;
    assert!(late.is_ok(), "it is theirs to give the second mark: {late:?}");
    let (_, unfinished) = marking::queue(&slow).await.unwrap();
    assert_eq!(unfinished[0].id, piece);
    assert_eq!(marking::open(&slow, piece).await.unwrap().draft, begun);

    marking::release(&slow, piece, Unfinished::Keep).await.unwrap();
    marking::claim(&slow, piece).await.unwrap();
    assert_eq!(marking::open(&slow, piece).await.unwrap().draft, begun);
    marking::release(&slow, piece, Unfinished::Drop).await.unwrap();
    marking::claim(&slow, piece).await.unwrap();
    assert!(marking::open(&slow, piece).await.unwrap().draft.is_empty());
    marking::mark(&slow, piece, MarkingStage::First, says("yes"))
        .await
        .unwrap();
    let left = world
        .look()
        .await
        .rows::<marking_draft::Entity>()
        .count()
        .await
        .unwrap();
    assert_eq!(left, 0);
}

#[tokio::test]
async fn a_draft_is_its_owners_alone_and_no_longer_than_a_mark_may_be() {
    let world = World::new().await;
    let assessment = one_essay(&world, 0).await;
    take(&world.learner().await, assessment, "+").await;
    let assessor = world.member(Role::Assessor).await;
    let piece = next(&assessor, assessment).await.unwrap();
    let long = "x".repeat(20_001);
    let mark = Mark {
        comment: long,
        ..Mark::default()
    };
    let refused = marking::keep_draft(&assessor, piece, BTreeMap::from([("R".parse().unwrap(), mark)])).await;
    let Err(Error::Invalid(errors)) = refused else {
        panic!("{refused:?}")
    };
    assert_eq!(errors.iter().next().unwrap().field, "R.comment");
    marking::keep_draft(&assessor, piece, says("yes")).await.unwrap();
    world.installation.pass(Duration::from_mins(31));
    let other = world.member(Role::Assessor).await;
    marking::claim(&other, piece).await.unwrap();
    assert!(marking::open(&other, piece).await.unwrap().draft.is_empty());
    let kept = marking::keep_draft(&assessor, piece, says("no")).await;
    assert!(matches!(kept, Err(Error::Refused("marking-taken"))));
    let learner = world.learner().await;
    let elsewhere = add_tenant(&world.installation, "ridge").await;
    let neighbour = join(&world.installation, elsewhere, Role::Owner).await;
    for stranger in [&learner, &neighbour] {
        let response = "R".parse().unwrap();
        let note = note(0, 1, "No.");
        for refused in [
            marking::open(stranger, piece).await.map(drop),
            marking::claim(stranger, piece).await,
            marking::keep_draft(stranger, piece, says("no")).await,
            marking::autosave(stranger, piece, |_, _| Mark::default()).await,
            marking::remove_annotation(stranger, piece, &response, &note).await,
            marking::mark(stranger, piece, MarkingStage::First, says("no")).await,
        ] {
            assert!(matches!(refused, Err(Error::NotFound)), "{refused:?}");
        }
    }
}

fn note(start: usize, end: usize, comment: &str) -> Annotation {
    Annotation {
        start,
        end,
        comment: comment.to_owned(),
    }
}

#[tokio::test]
async fn what_is_said_of_places_goes_with_the_mark_to_the_learner() {
    let world = World::new().await;
    let assessment = one_essay(&world, 0).await;
    let learner = world.learner().await;
    let (id, _) = take(&learner, assessment, "+").await;
    let assessor = world.member(Role::Assessor).await;
    let piece = next(&assessor, assessment).await.unwrap();
    let response = "R".parse().unwrap();
    let (whole, letter) = (note(0, 5, "Good."), note(1, 2, "Why?"));
    // Sent twice, it is there once; they come in the order of the text.
    for new in [&letter, &whole, &whole] {
        marking::keep_draft(&assessor, piece, noting(new)).await.unwrap();
    }
    let kept = says("yes");
    marking::keep_draft(&assessor, piece, kept.clone()).await.unwrap();
    let beyond = marking::keep_draft(&assessor, piece, noting(&note(0, 6, "Where?"))).await;
    let Err(Error::Invalid(errors)) = beyond else {
        panic!("{beyond:?}")
    };
    assert_eq!(errors.iter().next().unwrap().field, "place:R:from");
    let draft = marking::open(&assessor, piece).await.unwrap().draft;
    assert_eq!(
        draft[&response].levels, kept[&response].levels,
        "all of it or nothing"
    );
    let gone = note(4, 5, "No.");
    marking::keep_draft(&assessor, piece, noting(&gone))
        .await
        .unwrap();
    for _ in 0..2 {
        marking::remove_annotation(&assessor, piece, &response, &gone)
            .await
            .unwrap();
    }
    let mut last = says("yes");
    last.get_mut(&response)
        .unwrap()
        .annotations
        .push(note(0, 6, "Where?"));
    let refused = marking::mark(&assessor, piece, MarkingStage::First, last.clone()).await;
    assert!(matches!(refused, Err(Error::Invalid(_))));
    last.get_mut(&response).unwrap().annotations = vec![whole.clone()];
    for _ in 0..2 {
        marking::mark(&assessor, piece, MarkingStage::First, last.clone())
            .await
            .unwrap();
    }

    let result = attempt::result(&learner, id).await.unwrap();
    let annotated = &result.questions[0].annotated;
    assert_eq!(annotated[0].text, "right");
    assert_eq!(annotated[0].annotations, [whole, letter]);
}

/// Nothing but what is said of a place.
fn noting(new: &Annotation) -> BTreeMap<Identifier, Mark> {
    let mark = Mark {
        annotations: vec![new.clone()],
        ..Mark::default()
    };
    BTreeMap::from([("R".parse().unwrap(), mark)])
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
async fn a_smaller_share_lets_first_marks_stand_that_waited_for_a_second_one() {
    let world = World::new().await;
    let assessment = one_essay(&world, 100).await;
    let (marked, unmarked) = (world.learner().await, world.learner().await);
    let (waits, _) = take(&marked, assessment, "+").await;
    let assessor = world.member(Role::Assessor).await;
    let piece = marks(&assessor, assessment, "yes").await;
    let (queues, _) = marking::queue(&assessor).await.unwrap();
    let question = &queues[0].questions[0];
    assert_eq!((question.free, question.second, question.for_another), (0, 1, 1));
    let (open, _) = take(&unmarked, assessment, "+").await;

    set(&world, assessment, 0, 0).await.unwrap();
    service::job::run_due(&world.installation, 10).await.unwrap();
    marking::settle_first_mark(&assessor, piece).await.unwrap();
    service::job::run_due(&world.installation, 10).await.unwrap();
    assert_eq!(state(&marked, waits).await, AttemptState::Scored);
    assert_eq!(row(&world, piece).await.marked_by, assessor.actor().person);
    assert_eq!(world.installation.take_mails().len(), 1);
    marks(&assessor, assessment, "yes").await;
    assert_eq!(state(&unmarked, open).await, AttemptState::Scored);
}

#[tokio::test]
async fn what_nobody_is_left_to_settle_is_said() {
    let world = World::new().await;
    let assessment = one_essay(&world, 100).await;
    take(&world.learner().await, assessment, "+").await;
    let assessor = world.member(Role::Assessor).await;
    let instructor = world.member(Role::Instructor).await;
    marks(&assessor, assessment, "yes").await;
    marks(&instructor, assessment, "no").await;
    let counts = async || {
        let (queues, _) = marking::queue(&assessor).await.unwrap();
        (queues[0].questions[0].in_dispute, queues[0].questions[0].stuck)
    };
    assert_eq!(counts().await, (1, 0));
    let tx = assessor.write().await.unwrap();
    tx.change::<membership::Entity>()
        .filter(membership::Column::Role.ne(Role::Assessor.as_str()))
        .filter(membership::Column::PersonId.ne(instructor.person().unwrap()))
        .set(membership::Column::EndedAt, world.now())
        .apply()
        .await
        .unwrap();
    tx.commit().await.unwrap();
    assert_eq!(counts().await, (1, 1));
    world.member(Role::Admin).await;
    assert_eq!(counts().await, (1, 0));
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
async fn what_was_dropped_does_not_come_again_with_a_save_on_the_way() {
    let world = World::new().await;
    let assessment = one_essay(&world, 0).await;
    take(&world.learner().await, assessment, "+").await;
    let assessor = world.member(Role::Assessor).await;
    let piece = next(&assessor, assessment).await.unwrap();
    let said = says("yes");
    let save = || marking::autosave(&assessor, piece, |response, _| said[response].clone());
    save().await.unwrap();
    assert_eq!(marking::open(&assessor, piece).await.unwrap().draft, said);
    marking::release(&assessor, piece, Unfinished::Drop)
        .await
        .unwrap();
    assert!(matches!(save().await, Err(Error::Refused("marking-taken"))));
    marking::claim(&assessor, piece).await.unwrap();
    assert!(marking::open(&assessor, piece).await.unwrap().draft.is_empty());
}

#[tokio::test]
async fn who_gives_more_is_said_of_marks_that_stand_and_not_of_a_few() {
    let world = World::new().await;
    let assessment = one_essay(&world, 100).await;
    let (one, two) = (
        world.member(Role::Assessor).await,
        world.member(Role::Assessor).await,
    );
    let third = world.member(Role::Instructor).await;
    for settled in 0..10_u64 {
        let found = marking::agreement(&third, assessment).await.unwrap();
        assert_eq!((found.pieces, found.assessors.len()), (settled, 0));
        take(&world.learner().await, assessment, "+").await;
        marks(&one, assessment, "yes").await;
        marks(&two, assessment, "no").await;
        let found = marking::agreement(&third, assessment).await.unwrap();
        assert_eq!((found.in_dispute, found.assessors.len()), (1, 0));
        let piece = settle(&third, assessment).await.unwrap().unwrap();
        marking::mark(&third, piece, MarkingStage::Moderation, says("no"))
            .await
            .unwrap();
    }
    let found = marking::agreement(&third, assessment).await.unwrap();
    let means: Vec<_> = found.assessors.iter().map(|it| it.leaning.mean()).collect();
    assert_eq!(means, [Some(-4.0), Some(4.0)]);
}

#[tokio::test]
async fn pieces_of_a_question_come_oldest_first_and_can_be_left_for_later() {
    let world = World::new().await;
    let competency = world.competency(cut_score(1, 60)).await;
    for _ in 0..2 {
        world.item(competency, "assessment", &essay()).await;
    }
    let more = json!({ "passRule": cut_score(2, 60) });
    let assessment = world.assessment(competency, 2, more).await;
    for _ in 0..3 {
        take(&world.learner().await, assessment, "++").await;
        world.installation.pass(Duration::from_mins(1));
    }
    let assessor = world.member(Role::Assessor).await;
    let (queues, _) = marking::queue(&assessor).await.unwrap();
    let questions = &queues[0].questions;
    let counts: Vec<_> = questions
        .iter()
        .map(|it| (it.first, it.free, it.done.all))
        .collect();
    assert_eq!(counts, [(3, 3, 3), (3, 3, 3)]);
    let wanted = Wanted {
        question: questions[1].version,
        ..Wanted::from(assessment)
    };
    let first = marking::claim_next(&assessor, wanted).await.unwrap().unwrap();
    marking::release(&assessor, first, Unfinished::Keep)
        .await
        .unwrap();
    let after = Wanted {
        after: Some(first),
        ..wanted
    };
    let second = marking::claim_next(&assessor, after).await.unwrap().unwrap();
    assert!(row(&world, first).await.queued_at < row(&world, second).await.queued_at);
    marking::mark(&assessor, second, MarkingStage::First, says("yes"))
        .await
        .unwrap();
    let again = marking::claim_next(&assessor, wanted).await.unwrap().unwrap();
    assert_eq!(again, first, "the one that was left comes first again");
    let third = marking::claim_next(
        &assessor,
        Wanted {
            after: Some(second),
            ..wanted
        },
    )
    .await
    .unwrap()
    .unwrap();
    let opened = marking::open(&assessor, third).await.unwrap();
    assert_eq!((opened.done.settled, opened.done.all), (1, 3));
    assert_eq!(opened.previous, Some(second));
    assert_eq!(opened.question, wanted.question);
    let last = marking::claim_next(
        &assessor,
        Wanted {
            after: Some(third),
            ..wanted
        },
    )
    .await
    .unwrap();
    assert_eq!(last, None);
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
