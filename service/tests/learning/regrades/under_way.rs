//! Attempts, marks and batches that are under way meanwhile.

use std::time::Duration;

use domain::{
    assessment::{AttemptState, Points, RegradeState},
    id::AttemptId,
    mastery::Outcome,
    tenancy::Role,
};
use entity::assessment::regrade as regrades;
use sea_orm::ColumnTrait;
use serde_json::json;
use service::{
    Ctx,
    assessment::{
        attempt, marking,
        regrade::{self, Chosen},
    },
    job::{self, Job},
    mail::Message,
};

use super::{Asked, ONE, changed_results, form, proposal, queue, work};
use crate::world::{World, answer_with, cut_score, essay, start, take, text_item};

#[tokio::test]
async fn killed_between_two_batches_it_goes_on_and_does_nothing_twice() {
    let asked = Asked::new().await;
    let mut first = None;
    for _ in 0..23 {
        let (learner, attempt) = asked.sat("-").await;
        first.get_or_insert((learner, attempt));
    }
    let (instructor, id) = asked.proposed(Chosen::FullCredit).await;
    regrade::confirm(&instructor, id).await.unwrap();
    job::run_due(&asked.world.installation, 1).await.unwrap();
    let row = asked.row(id).await;
    assert_eq!((row.state, row.looked_at), (RegradeState::Applying, 20));
    // Whoever died after the commit, and before the job was removed, left it there.
    let again = Job::Regrade {
        tenant: instructor.tenant(),
        regrade: id,
        after: None,
    };
    queue(&instructor, again).await;
    work(&asked.world).await;
    let row = asked.row(id).await;
    assert_eq!((row.state, row.looked_at), (RegradeState::Done, 23));
    assert_eq!(row.preview, row.changes);
    assert_eq!(changed_results(&asked.world), 23);
    assert_eq!(asked.awards().await.len(), 2 * 23);
}

#[tokio::test]
async fn an_attempt_that_is_under_way_is_scored_by_the_remedy() {
    let asked = Asked::new().await;
    let (_, _) = asked.sat("+").await;
    let learner = asked.world.learner().await;
    let under_way = start(&learner, asked.assessment).await.unwrap();
    let saving = attempt::Saving::Deliberate(1);
    attempt::save(&learner, under_way, 0, &answer_with("wrong"), saving)
        .await
        .unwrap();
    asked.applied(Chosen::Key).await;
    attempt::submit(&learner, under_way).await.unwrap();
    let result = attempt::result(&learner, under_way).await.unwrap();
    assert_eq!(
        (result.points, result.outcome),
        (Some(ONE), Some(Outcome::Mastered))
    );
    assert!(result.amendments.is_empty(), "nothing stood there before");
}

#[tokio::test]
async fn an_attempt_that_both_missed_is_caught_up_with() {
    let asked = Asked::new().await;
    let (learner, attempt) = asked.sat("-").await;
    let (_, id) = asked.proposed(Chosen::Key).await;
    // As if the job had gone by before the attempt was there.
    asked
        .world
        .store(async |tx| {
            tx.change::<regrades::Entity>()
                .filter(regrades::Column::Id.eq(id))
                .set(regrades::Column::State, RegradeState::Done)
                .set(regrades::Column::AppliedAt, asked.world.now())
                .apply()
                .await
                .unwrap();
        })
        .await;
    for _ in 0..2 {
        let count = Job::CountAttempt {
            tenant: learner.tenant(),
            attempt,
        };
        queue(&learner, count).await;
        work(&asked.world).await;
    }
    let result = attempt::result(&learner, attempt).await.unwrap();
    assert_eq!(result.outcome, Some(Outcome::Mastered));
    assert_eq!(result.amendments.len(), 1);
    assert_eq!(changed_results(&asked.world), 1);
    let row = asked.row(id).await;
    assert_eq!(row.preview, row.changes);
}

#[tokio::test]
async fn a_gate_that_is_under_way_goes_by_the_remedy_from_its_next_answer_on() {
    let gate = json!({ "kind": "sequential-gate", "tables": "gate-1", "tries": 2, "cooldown-hours": 0 });
    let world = World::new().await;
    let competency = world.competency(gate.clone()).await;
    let mut versions = Vec::new();
    for _ in 0..27 {
        versions.push(world.item(competency, "assessment", &text_item()).await);
    }
    let more = json!({
        "mode": "sequentialGate", "attempts": 2, "passRule": gate,
        "sections": [{ "selection": { "items": versions } }],
    });
    let assessment = world.assessment(competency, 27, more).await;
    let answers = async |ctx: &Ctx, id: AttemptId, marks: &str| {
        let mut last = None;
        for (position, mark) in marks.chars().enumerate() {
            let typed = answer_with(if mark == '+' { "right" } else { "wrong" });
            last = attempt::answer(ctx, id, position, &typed).await.ok();
        }
        last
    };
    let failed = world.learner().await;
    let id = start(&failed, assessment).await.unwrap();
    answers(&failed, id, "----").await;
    work(&world).await;

    let learner = world.learner().await;
    let under_way = start(&learner, assessment).await.unwrap();
    answers(&learner, under_way, "-+++++++").await;
    let instructor = world.member(Role::Instructor).await;
    world.installation.pass(Duration::from_mins(1));
    let remedy = proposal(&instructor, Chosen::FullCredit, versions[0]);
    let id = regrade::propose(&instructor, assessment, versions[0], remedy)
        .await
        .unwrap();
    work(&world).await;
    regrade::confirm(&instructor, id).await.unwrap();
    work(&world).await;

    let typed = answer_with("right");
    let ended = attempt::answer(&learner, under_way, 8, &typed).await.unwrap();
    assert!(
        matches!(ended, attempt::Answered::Ended(_)),
        "nine of nine: {ended:?}"
    );
    let result = attempt::result(&learner, under_way).await.unwrap();
    assert_eq!(result.outcome, Some(Outcome::Mastered));
}

#[tokio::test]
async fn what_is_dropped_waits_for_no_mark_any_more() {
    let world = World::new().await;
    let competency = world.competency(cut_score(2, 75)).await;
    let text = world.item(competency, "assessment", &text_item()).await;
    let written = world.item(competency, "assessment", &essay()).await;
    let assessment = form(&world, competency, &[text, written], 75).await;
    // Whoever wrote nothing needs no mark.
    take(&world.learner().await, assessment, "-").await;
    let learner = world.learner().await;
    let (waits, state) = take(&learner, assessment, "++").await;
    assert_eq!(state, AttemptState::Marking);
    work(&world).await;
    let instructor = world.member(Role::Instructor).await;
    assert_eq!(marking::queue(&instructor).await.unwrap().0.len(), 1);
    world.installation.pass(Duration::from_mins(1));
    let drop_it = proposal(&instructor, Chosen::Drop, written);
    let id = regrade::propose(&instructor, assessment, written, drop_it)
        .await
        .unwrap();
    work(&world).await;
    assert_eq!(marking::queue(&instructor).await.unwrap().0.len(), 1, "a preview");
    drop(world.installation.take_mails());
    regrade::confirm(&instructor, id).await.unwrap();
    work(&world).await;
    assert!(marking::queue(&instructor).await.unwrap().0.is_empty());
    let result = attempt::result(&learner, waits).await.unwrap();
    assert_eq!(
        (result.state, result.points, result.outcome),
        (AttemptState::Scored, Some(ONE), Some(Outcome::Mastered))
    );
    let mails = world.installation.take_mails();
    let marked = |mail: &&service::mail::Mail| matches!(mail.message, Message::AttemptMarked { .. });
    assert_eq!(mails.iter().filter(marked).count(), 1);
    let sheet = regrade::show(&instructor, id).await.unwrap();
    assert_eq!(sheet.changes.released, 1);
}

#[tokio::test]
async fn an_attempt_that_was_scored_by_an_earlier_remedy_is_caught_up_with() {
    let asked = Asked::new().await;
    let (learner, attempt) = asked.sat("+").await;
    asked.applied(Chosen::FullCredit).await;
    let (_, id) = asked.proposed(Chosen::Key).await;
    // As if the job had gone by before the attempt was there.
    asked
        .world
        .store(async |tx| {
            tx.change::<regrades::Entity>()
                .filter(regrades::Column::Id.eq(id))
                .set(regrades::Column::State, RegradeState::Done)
                .set(regrades::Column::AppliedAt, asked.world.now())
                .apply()
                .await
                .unwrap();
        })
        .await;
    let count = Job::CountAttempt {
        tenant: learner.tenant(),
        attempt,
    };
    queue(&learner, count).await;
    work(&asked.world).await;
    let result = attempt::result(&learner, attempt).await.unwrap();
    assert_eq!(result.points, Some((Points::ZERO, Points::ONE)));
}
