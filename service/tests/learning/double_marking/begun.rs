//! What an assessor has begun, and in which order pieces come.

use std::{collections::BTreeMap, time::Duration};

use domain::{
    assessment::{Annotation, Identifier, Mark, MarkingStage},
    tenancy::Role,
};
use entity::assessment::marking_draft;
use serde_json::json;
use service::{
    Error,
    assessment::{
        attempt,
        marking::{self, Unfinished, Wanted},
    },
};

use super::{marks, next, one_essay, row, says};
use crate::world::{World, add_tenant, cut_score, essay, join, take};

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
