//! The sequential gate.

use domain::{
    assessment::{AttemptState, Mode},
    id::{AssessmentId, AttemptId},
    mastery::Outcome,
};
use entity::assessment::exposure;
use serde_json::{Value as Json, json};
use service::{
    Ctx, Error,
    assessment::attempt::{self, Answered, Show},
};

use crate::world::{World, answer_with, start};

fn gate() -> Json {
    json!({ "kind": "sequential-gate", "tables": "gate-1", "tries": 2, "cooldown-hours": 0 })
}

async fn at_the_gate(world: &World) -> AssessmentId {
    let competency = world.competency(gate()).await;
    world.items(competency, "assessment", 60).await;
    let more = json!({ "mode": "sequentialGate", "unseen": "required", "attempts": 2, "passRule": gate() });
    world.assessment(competency, 27, more).await
}

/// Answers until the gate has decided; says after how many.
async fn go_through(ctx: &Ctx, id: AttemptId, marks: &str) -> Option<usize> {
    for (position, mark) in marks.chars().enumerate() {
        let fields = answer_with(if mark == '+' { "right" } else { "wrong" });
        match attempt::answer(ctx, id, position, &fields).await.unwrap() {
            Answered::Next(next) => assert_eq!(next, position + 1),
            Answered::Ended(AttemptState::Scored) => return Some(position + 1),
            other => panic!("{other:?}"),
        }
    }
    None
}

#[tokio::test]
async fn a_gate_is_passed_at_nine_of_nine_and_later_with_slips() {
    for (marks, ends_after, outcome) in [
        ("+++++++++", 9, Outcome::Mastered),
        ("-++++++++++++", 13, Outcome::Mastered),
        ("----", 4, Outcome::NotYet),
    ] {
        let world = World::new().await;
        let assessment = at_the_gate(&world).await;
        let ctx = world.learner().await;
        let id = start(&ctx, assessment).await.unwrap();
        assert_eq!(go_through(&ctx, id, marks).await, Some(ends_after), "{marks}");
        let result = attempt::result(&ctx, id).await.unwrap();
        assert_eq!(result.outcome, Some(outcome), "{marks}");
        assert_eq!(result.questions.len(), ends_after);
        let seen = world
            .look()
            .await
            .rows::<exposure::Entity>()
            .count()
            .await
            .unwrap();
        assert_eq!(
            usize::try_from(seen).unwrap(),
            ends_after,
            "what was not asked was not seen"
        );
    }
}

#[tokio::test]
async fn a_second_try_is_held_to_the_stricter_table() {
    let world = World::new().await;
    let assessment = at_the_gate(&world).await;
    let ctx = world.learner().await;
    let first = start(&ctx, assessment).await.unwrap();
    go_through(&ctx, first, "----").await.unwrap();
    let second = start(&ctx, assessment).await.unwrap();
    assert_eq!(go_through(&ctx, second, "++++++++++++++").await, Some(14));
    assert_eq!(
        attempt::result(&ctx, second).await.unwrap().outcome,
        Some(Outcome::Mastered)
    );
}

#[tokio::test]
async fn one_question_at_a_time_and_no_way_back() {
    let world = World::new().await;
    let assessment = at_the_gate(&world).await;
    let ctx = world.learner().await;
    let id = start(&ctx, assessment).await.unwrap();
    let sheet = attempt::open(&ctx, id, Show::All).await.unwrap();
    assert_eq!(
        (sheet.mode, sheet.questions.len(), sheet.places.len()),
        (Mode::SequentialGate, 1, 1)
    );
    let ahead = attempt::answer(&ctx, id, 5, &answer_with("right")).await;
    assert!(
        matches!(ahead, Err(Error::Refused("attempt-not-next"))),
        "{ahead:?}"
    );

    let right = answer_with("right");
    assert_eq!(
        attempt::answer(&ctx, id, 0, &right).await.unwrap(),
        Answered::Next(1)
    );
    assert_eq!(
        attempt::answer(&ctx, id, 0, &right).await.unwrap(),
        Answered::Next(1),
        "sent twice"
    );
    let changed = attempt::answer(&ctx, id, 0, &answer_with("wrong")).await;
    assert!(
        matches!(changed, Err(Error::Refused("attempt-answer-stands"))),
        "{changed:?}"
    );
    let back = attempt::open(&ctx, id, Show::One(0)).await.unwrap();
    assert_eq!(back.questions[0].position, 1);
    let empty = attempt::answer(&ctx, id, 1, &answer_with("")).await;
    assert!(matches!(empty, Err(Error::Invalid(_))), "{empty:?}");
}

#[tokio::test]
async fn giving_up_at_a_gate_is_a_try() {
    let world = World::new().await;
    let assessment = at_the_gate(&world).await;
    let ctx = world.learner().await;
    let id = start(&ctx, assessment).await.unwrap();
    go_through(&ctx, id, "+++").await;
    attempt::submit(&ctx, id).await.unwrap();
    let result = attempt::result(&ctx, id).await.unwrap();
    assert_eq!(
        (result.outcome, result.questions.len()),
        (Some(Outcome::NotYet), 4)
    );
}
