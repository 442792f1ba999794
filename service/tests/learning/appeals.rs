//! Asking to have a result looked at again, and answering.

use std::{collections::BTreeMap, time::Duration};

use domain::{
    assessment::{Amendment, Points},
    id::{AppealId, AssessmentId, AttemptId, ItemVersionId},
    mastery::Outcome,
    tenancy::Role,
};
use entity::program::award;
use serde_json::json;
use service::{
    Ctx, Error,
    assessment::{
        appeal::{self, Answer},
        attempt,
        regrade::{self, Chosen, Proposal},
    },
    job,
    mail::Message,
    testing::faults,
};

use crate::world::{World, add_tenant, cut_score, essay, join, take, text_item};

/// A learner who got the only question wrong.
struct Failed {
    world: World,
    learner: Ctx,
    assessment: AssessmentId,
    version: ItemVersionId,
    attempt: AttemptId,
}

impl Failed {
    async fn new() -> Self {
        let world = World::new().await;
        let competency = world.competency(cut_score(1, 100)).await;
        let version = world.item(competency, "assessment", &text_item()).await;
        let assessment = world
            .assessment(competency, 1, json!({ "passRule": cut_score(1, 100) }))
            .await;
        world
            .achievement(json!({ "kind": "assessment-passed", "assessment": assessment }))
            .await;
        let learner = world.learner().await;
        let (attempt, _) = take(&learner, assessment, "-").await;
        work(&world).await;
        world.installation.pass(Duration::from_mins(1));
        Self {
            world,
            learner,
            assessment,
            version,
            attempt,
        }
    }

    /// The learner's request, as an assessor finds it.
    async fn asked(&self) -> (Ctx, AppealId) {
        appeal::ask(&self.learner, self.attempt, "Both are right.")
            .await
            .unwrap();
        let assessor = self.world.member(Role::Assessor).await;
        let open = appeal::queue(&assessor).await.unwrap();
        let [open] = &open[..] else { panic!("{open:?}") };
        assert!(!open.is_own);
        let id = open.id;
        (assessor, id)
    }
}

async fn work(world: &World) {
    while job::run_due(&world.installation, 100).await.unwrap() > 0 {}
}

fn answer(points: &str) -> Answer {
    Answer {
        text: "You are right.".to_owned(),
        points: BTreeMap::from([(0, points.to_owned())]),
    }
}

#[tokio::test]
async fn a_learner_asks_once_for_each_attempt_and_says_why() {
    let failed = Failed::new().await;
    let (learner, attempt) = (&failed.learner, failed.attempt);
    let nothing = appeal::ask(learner, attempt, "  ").await;
    assert_eq!(
        faults(nothing),
        [("reason".to_owned(), "appeal-reason-missing".to_owned())]
    );
    let long = appeal::ask(learner, attempt, &"x".repeat(2_001)).await;
    assert_eq!(
        faults(long),
        [("reason".to_owned(), "appeal-reason-too-long".to_owned())]
    );
    for _ in 0..2 {
        appeal::ask(learner, attempt, "Both are right.").await.unwrap();
    }
    let again = appeal::ask(learner, attempt, "And another thing.").await;
    assert!(matches!(again, Err(Error::Refused("appeal-asked"))));
    let result = attempt::result(learner, attempt).await.unwrap();
    assert_eq!(result.appeal.unwrap().reason, "Both are right.");
    let other = failed.world.learner().await;
    let theirs = appeal::ask(&other, attempt, "Mine too.").await;
    assert!(matches!(theirs, Err(Error::NotFound)));
}

#[tokio::test]
async fn points_that_an_assessor_sets_decide_anew_and_the_learner_hears_of_it() {
    let failed = Failed::new().await;
    let (assessor, id) = failed.asked().await;
    let sheet = appeal::open(&assessor, id).await.unwrap();
    assert_eq!(sheet.questions[0].most, Points::ONE);
    drop(failed.world.installation.take_mails());
    for _ in 0..2 {
        appeal::answer(&assessor, id, answer("1")).await.unwrap();
    }
    work(&failed.world).await;

    let result = attempt::result(&failed.learner, failed.attempt).await.unwrap();
    assert_eq!(
        (result.points, result.outcome),
        (Some((Points::ONE, Points::ONE)), Some(Outcome::Mastered))
    );
    assert_eq!(result.questions[0].amended, Some(Amendment::Appeal));
    assert_eq!(result.amendments.len(), 1);
    let answered = result.appeal.unwrap().answered.unwrap();
    assert_eq!(
        (answered.changed, answered.text.as_str()),
        (true, "You are right.")
    );
    let tx = failed.world.look().await;
    assert_eq!(tx.rows::<award::Entity>().all().await.unwrap().len(), 1);
    drop(tx);
    let mails = failed.world.installation.take_mails();
    let heard = |mail: &&service::mail::Mail| matches!(mail.message, Message::AppealAnswered { .. });
    assert_eq!(mails.iter().filter(heard).count(), 1);
    assert!(appeal::queue(&assessor).await.unwrap().is_empty());
}

#[tokio::test]
async fn what_stands_stands_and_is_answered_all_the_same() {
    let failed = Failed::new().await;
    let (assessor, id) = failed.asked().await;
    for points in ["-1", "2", "0.333", "much"] {
        let refused = appeal::answer(&assessor, id, answer(points)).await;
        assert_eq!(
            faults(refused),
            [("points-0".to_owned(), "appeal-points".to_owned())],
            "{points}"
        );
    }
    let silent = appeal::answer(&assessor, id, Answer::default()).await;
    assert_eq!(
        faults(silent),
        [("answer".to_owned(), "appeal-answer-missing".to_owned())]
    );
    appeal::answer(&assessor, id, answer("")).await.unwrap();
    let result = attempt::result(&failed.learner, failed.attempt).await.unwrap();
    assert!(!result.appeal.unwrap().answered.unwrap().changed);
    assert!(result.amendments.is_empty());
}

#[tokio::test]
async fn whoever_answers_second_sees_that_it_was_answered() {
    let failed = Failed::new().await;
    let (first, id) = failed.asked().await;
    let second = failed.world.member(Role::Assessor).await;
    appeal::answer(&first, id, answer("1")).await.unwrap();
    let late = appeal::answer(&second, id, answer("")).await;
    assert!(matches!(late, Err(Error::Refused("appeal-answered"))));
    let answered = appeal::open(&second, id).await.unwrap().appeal.answered;
    assert!(answered.unwrap().changed);
}

#[tokio::test]
async fn of_two_who_answer_at_once_one_is_told_so() {
    let failed = Failed::new().await;
    let (first, id) = failed.asked().await;
    let second = failed.world.member(Role::Assessor).await;
    let (one, other) = tokio::join!(
        appeal::answer(&first, id, answer("1")),
        appeal::answer(&second, id, answer("0.5")),
    );
    let told = |it: &service::Result<()>| matches!(it, Err(Error::Refused("appeal-answered")));
    assert_eq!((one.is_ok(), other.is_ok()), (told(&other), told(&one)));
    assert_ne!(one.is_ok(), other.is_ok());
    let result = attempt::result(&failed.learner, failed.attempt).await.unwrap();
    assert_eq!(result.amendments.len(), 1);
}

#[tokio::test]
async fn points_that_were_set_outlast_a_regrade() {
    let failed = Failed::new().await;
    let (assessor, id) = failed.asked().await;
    appeal::answer(&assessor, id, answer("0,5")).await.unwrap();
    work(&failed.world).await;
    failed.world.installation.pass(Duration::from_mins(1));
    let instructor = failed.world.member(Role::Instructor).await;
    let proposal = Proposal {
        id: instructor.new_id(),
        remedy: Some(Chosen::Drop),
        by: None,
        reason: "It has two answers.".to_owned(),
        told: "It has two answers.".to_owned(),
    };
    let regrade = regrade::propose(&instructor, failed.assessment, failed.version, proposal)
        .await
        .unwrap();
    work(&failed.world).await;
    regrade::confirm(&instructor, regrade).await.unwrap();
    work(&failed.world).await;
    let result = attempt::result(&failed.learner, failed.attempt).await.unwrap();
    assert_eq!(result.points, Some((Points::from_hundredths(50), Points::ONE)));
}

#[tokio::test]
async fn nobody_answers_their_own_and_learners_and_other_tenants_answer_nothing() {
    let failed = Failed::new().await;
    let instructor = failed.world.member(Role::Instructor).await;
    let (own, _) = take(&instructor, failed.assessment, "-").await;
    appeal::ask(&instructor, own, "Mine.").await.unwrap();
    let open = appeal::queue(&instructor).await.unwrap();
    assert!(open[0].is_own);
    let id = open[0].id;
    for refused in [
        appeal::open(&instructor, id).await.map(drop),
        appeal::answer(&instructor, id, answer("1")).await,
    ] {
        assert!(matches!(refused, Err(Error::Refused("appeal-own"))));
    }
    let elsewhere = add_tenant(&failed.world.installation, "elsewhere").await;
    let neighbour = join(&failed.world.installation, elsewhere, Role::Owner).await;
    assert!(appeal::queue(&neighbour).await.unwrap().is_empty());
    for stranger in [failed.world.learner().await, neighbour] {
        assert!(matches!(appeal::open(&stranger, id).await, Err(Error::NotFound)));
        let answered = appeal::answer(&stranger, id, answer("1")).await;
        assert!(matches!(answered, Err(Error::NotFound)));
        let asked = appeal::ask(&stranger, failed.attempt, "Me too.").await;
        assert!(matches!(asked, Err(Error::NotFound)));
    }
}

#[tokio::test]
async fn there_is_nothing_to_review_before_there_is_a_result() {
    let world = World::new().await;
    let competency = world.competency(cut_score(1, 100)).await;
    world.item(competency, "assessment", &essay()).await;
    let assessment = world.assessment(competency, 1, json!({})).await;
    let learner = world.learner().await;
    let (attempt, _) = take(&learner, assessment, "+").await;
    let early = appeal::ask(&learner, attempt, "Hurry.").await;
    assert!(matches!(early, Err(Error::Refused("appeal-too-early"))));
}
