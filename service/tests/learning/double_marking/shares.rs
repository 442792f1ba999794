//! How much is marked by two, and what the marks say of those who give them.

use std::time::Duration;

use domain::{
    assessment::{AttemptState, DoubleMarking, MarkingStage},
    tenancy::Role,
};
use entity::{assessment::marking as table, tenancy::membership};
use sea_orm::ColumnTrait;
use service::{Error, assessment::marking};

use super::{marks, one_essay, row, says, set, settle, state};
use crate::world::{World, add_tenant, join, take};

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
