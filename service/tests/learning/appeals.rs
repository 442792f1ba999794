//! Asking to have a result looked at again, and answering.

use std::{collections::BTreeMap, time::Duration};

use domain::{
    assessment::{Amendment, Mark, Points},
    id::{AppealId, AssessmentId, AttemptId, ItemVersionId},
    mastery::Outcome,
    tenancy::Role,
};
use entity::{audit::audit_entry, program::award};
use serde_json::json;
use service::{
    Ctx, Error,
    assessment::{
        appeal::{self, Answer},
        attempt, marking,
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
        Self::with("-").await
    }

    /// Somebody who answered so, failed or not.
    async fn with(marks: &str) -> Self {
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
        let (attempt, _) = take(&learner, assessment, marks).await;
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
        marks: BTreeMap::new(),
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
    assert!(
        result.questions[0].feedback.as_whole,
        "nobody reads that their answer is wrong"
    );
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

#[tokio::test]
async fn an_answer_leaves_to_a_regrade_what_the_regrade_has_not_reached() {
    let failed = Failed::new().await;
    let (second, _) = take(&failed.learner, failed.assessment, "-").await;
    work(&failed.world).await;
    let (assessor, id) = failed.asked().await;
    let instructor = failed.world.member(Role::Instructor).await;
    let proposal = Proposal {
        id: instructor.new_id(),
        remedy: Some(Chosen::FullCredit),
        by: None,
        reason: "It has two answers.".to_owned(),
        told: "It has two answers.".to_owned(),
    };
    let regrade = regrade::propose(&instructor, failed.assessment, failed.version, proposal)
        .await
        .unwrap();
    work(&failed.world).await;
    regrade::confirm(&instructor, regrade).await.unwrap();
    drop(failed.world.installation.take_mails());

    appeal::answer(&assessor, id, answer("0.5")).await.unwrap();
    let amended = async |attempt| {
        let result = attempt::result(&failed.learner, attempt).await.unwrap();
        (result.points.unwrap().0, result.amendments.len())
    };
    assert_eq!(amended(failed.attempt).await, (Points::from_hundredths(50), 1));
    assert_eq!(amended(second).await, (Points::ZERO, 0));
    work(&failed.world).await;
    assert_eq!(amended(failed.attempt).await.0, Points::from_hundredths(50));
    assert_eq!(amended(second).await, (Points::ONE, 1));
    let sheet = regrade::show(&instructor, regrade).await.unwrap();
    assert_eq!((sheet.changes.people, sheet.changes.now_passed), (1, 1));
    let mails = failed.world.installation.take_mails();
    let told = |mail: &&service::mail::Mail| matches!(mail.message, Message::ResultChanged { .. });
    assert_eq!(mails.iter().filter(told).count(), 1);
}

#[tokio::test]
async fn a_badge_that_an_answer_leaves_without_ground_is_listed_for_review() {
    let passed = Failed::with("+").await;
    let (assessor, id) = passed.asked().await;
    appeal::answer(&assessor, id, answer("0")).await.unwrap();
    work(&passed.world).await;
    let instructor = passed.world.member(Role::Instructor).await;
    let review = regrade::review(&instructor).await.unwrap();
    assert!(!review.may_withdraw, "instructors revoke no badges");
    let [lost] = &review.badges[..] else {
        panic!("{review:?}")
    };
    assert_eq!(lost.regrade, None);
    let admin = passed.world.member(Role::Admin).await;
    regrade::withdraw(&admin, lost.award, "It was scored by mistake.")
        .await
        .unwrap();
    assert!(regrade::review(&admin).await.unwrap().badges.is_empty());
}

fn level(level: &str) -> BTreeMap<domain::assessment::Identifier, Mark> {
    let mark = Mark {
        levels: BTreeMap::from([("clear".parse().unwrap(), level.parse().unwrap())]),
        comment: String::new(),
        annotations: Vec::new(),
    };
    BTreeMap::from([("R".parse().unwrap(), mark)])
}

#[tokio::test]
async fn what_a_person_marked_is_marked_again_by_its_levels_and_the_rule_goes_by_them() {
    let by_level = json!({ "kind": "rubric-level", "level": 1, "assessors": 1 });
    let world = World::new().await;
    let competency = world.competency(by_level.clone()).await;
    world.item(competency, "assessment", &essay()).await;
    let assessment = world
        .assessment(competency, 1, json!({ "passRule": by_level }))
        .await;
    let learner = world.learner().await;
    let (attempt, _) = take(&learner, assessment, "+").await;
    let first = world.member(Role::Assessor).await;
    let piece = marking::claim_next(&first, assessment).await.unwrap().unwrap();
    marking::mark(
        &first,
        piece,
        domain::assessment::MarkingStage::First,
        level("no"),
    )
    .await
    .unwrap();
    work(&world).await;
    world.installation.pass(Duration::from_mins(1));
    appeal::ask(&learner, attempt, "It is clear.").await.unwrap();

    let second = world.member(Role::Assessor).await;
    let id = appeal::queue(&second).await.unwrap()[0].id;
    let sheet = appeal::open(&second, id).await.unwrap();
    assert_eq!(
        sheet.marked[&0][0].mark,
        level("no").into_values().next().unwrap()
    );
    let again = |name: &str| Answer {
        text: "It is.".to_owned(),
        marks: BTreeMap::from([(0, level(name))]),
        ..Answer::default()
    };
    let unknown = appeal::answer(&second, id, again("better")).await;
    assert_eq!(
        faults(unknown),
        [("mark-0.R.clear".to_owned(), "answer-unknown-level".to_owned())]
    );
    appeal::answer(&second, id, again("yes")).await.unwrap();
    work(&world).await;
    let result = attempt::result(&learner, attempt).await.unwrap();
    assert_eq!(result.outcome, Some(Outcome::Mastered));
    assert!(result.decisions.iter().all(|it| it.outcome == Outcome::Mastered));
    let four = Points::from_hundredths(400);
    assert_eq!(result.points, Some((four, four)));
}

#[tokio::test]
async fn the_trail_does_not_say_who_has_asked() {
    let failed = Failed::new().await;
    failed.asked().await;
    let tx = failed.world.look().await;
    let trail = tx.rows::<audit_entry::Entity>().all().await.unwrap();
    assert!(trail.iter().all(|entry| !entry.action.starts_with("appeal")));
}
