//! What becomes of scores, decisions and tallies.

use std::time::Duration;

use domain::{
    assessment::{Amendment, AnswerView, Points, Remedy},
    id::AwardId,
    mastery::Outcome,
    tenancy::Role,
};
use entity::{
    assessment::{assessment_tally, attempt as attempts, item_tally},
    competency::competency,
    credential::credential,
    mastery::{decision, evidence, mastery},
};
use sea_orm::ColumnTrait;
use serde_json::json;
use service::{
    Ctx, Error,
    assessment::{
        analysis::analysis,
        attempt::{self, AmendedBy},
        regrade::{self, Chosen},
    },
    job::Job,
    mastery::replay,
};

use super::{Asked, ONE, changed_results, form, proposal, queue, work};
use crate::world::{World, answer_with, cut_score, start, take, text_item};

#[tokio::test]
async fn a_changed_key_turns_a_fail_into_a_pass_and_gives_the_badge_once() {
    let asked = Asked::new().await;
    let (learner, attempt) = asked.sat("-").await;
    let (instructor, id) = asked.proposed(Chosen::Key).await;

    let sheet = regrade::show(&instructor, id).await.unwrap();
    assert_eq!((sheet.changes.people, sheet.changes.now_passed), (1, 1));
    assert_eq!(sheet.changes.badges[&asked.badge].gained, 1);
    let before = attempt::result(&learner, attempt).await.unwrap();
    assert_eq!(
        before.points,
        Some((Points::ZERO, Points::ONE)),
        "a preview changes nothing"
    );
    assert!(before.amendments.is_empty() && asked.awards().await.is_empty());
    assert_eq!(changed_results(&asked.world), 0);

    for _ in 0..2 {
        regrade::confirm(&instructor, id).await.unwrap();
        work(&asked.world).await;
    }
    let again = Job::Regrade {
        tenant: instructor.tenant(),
        regrade: id,
        after: None,
    };
    queue(&instructor, again).await;
    work(&asked.world).await;

    let after = attempt::result(&learner, attempt).await.unwrap();
    assert_eq!(
        (after.points, after.outcome),
        (Some(ONE), Some(Outcome::Mastered))
    );
    assert_eq!(after.amendments.len(), 1);
    assert_eq!(
        after.amendments[0].told.as_deref(),
        Some("The key of this question was wrong.")
    );
    assert_eq!(after.amendments[0].before.points, Points::ZERO);
    assert!(after.decisions.iter().all(|it| it.outcome == Outcome::Mastered));
    assert_eq!(
        after.earlier_decisions.len(),
        2,
        "what was decided stays in the record"
    );
    let named = Amendment::Regrade(Remedy::KeyOf(asked.mended));
    assert_eq!(after.questions[0].amended, Some(named));
    assert_eq!(after.awards.len(), 2, "the badge, and what stacks on it");
    assert_eq!(asked.awards().await.len(), 2);
    let tx = asked.world.look().await;
    assert_eq!(tx.rows::<credential::Entity>().all().await.unwrap().len(), 2);
    drop(tx);
    assert_eq!(changed_results(&asked.world), 1);
}

#[tokio::test]
async fn the_new_decision_replays_byte_for_byte_and_names_the_remedy() {
    let asked = Asked::new().await;
    asked.sat("-").await;
    asked.applied(Chosen::Key).await;
    let awards: Vec<AwardId> = asked.awards().await.into_iter().map(|row| row.id).collect();
    for award in awards {
        let replayed = replay(&asked.world.installation.system(), award).await.unwrap();
        assert!(!replayed.is_empty() && replayed.iter().all(service::mastery::Replayed::is_same));
    }
    let tx = asked.world.look().await;
    let decisions = tx.rows::<decision::Entity>().all().await.unwrap();
    let named = format!(r#""amended":{{"regrade":{{"key-of":"{}"}}}}"#, asked.mended);
    let (new, old): (Vec<_>, Vec<_>) = decisions.iter().partition(|row| row.record.contains(&named));
    assert_eq!((new.len(), old.len()), (2, 2));
    let shown = tx.rows::<evidence::Entity>().all().await.unwrap();
    let counted = shown.iter().filter(|row| row.superseded_at.is_none());
    assert_eq!((shown.len(), counted.count()), (2, 1));
}

#[tokio::test]
async fn a_dropped_question_leaves_a_cut_score_to_the_others() {
    let world = World::new().await;
    let competency = world.competency(cut_score(2, 75)).await;
    let one = world.item(competency, "assessment", &text_item()).await;
    let other = world.item(competency, "assessment", &text_item()).await;
    let assessment = form(&world, competency, &[one, other], 75).await;
    let learner = world.learner().await;
    let (attempt, _) = take(&learner, assessment, "+-").await;
    work(&world).await;
    assert_eq!(
        attempt::result(&learner, attempt).await.unwrap().outcome,
        Some(Outcome::NotYet)
    );
    let instructor = world.member(Role::Instructor).await;
    world.installation.pass(Duration::from_mins(1));
    let id = regrade::propose(
        &instructor,
        assessment,
        other,
        proposal(&instructor, Chosen::Drop, other),
    )
    .await
    .unwrap();
    work(&world).await;
    regrade::confirm(&instructor, id).await.unwrap();
    work(&world).await;
    let after = attempt::result(&learner, attempt).await.unwrap();
    assert_eq!(
        (after.points, after.outcome),
        (Some(ONE), Some(Outcome::Mastered))
    );
    assert!(after.decisions.iter().all(|it| it.outcome == Outcome::Mastered));
    let sheet = regrade::show(&instructor, id).await.unwrap();
    assert!(sheet.still_asked, "its author is told");
}

#[tokio::test]
async fn tallies_are_what_counting_from_scratch_gives() {
    let asked = Asked::new().await;
    for marks in ["+", "-", "", "+"] {
        asked.sat(marks).await;
    }
    let (instructor, _) = asked.applied(Chosen::Key).await;
    let now = analysis(&instructor, asked.assessment).await.unwrap();
    assert_eq!((now.whole.attempts, now.whole.passed), (4, 1));
    let ids = {
        let tx = asked.world.look().await;
        tx.rows::<attempts::Entity>().all().await.unwrap()
    };
    asked
        .world
        .store(async |tx| {
            tx.remove::<assessment_tally::Entity>().apply().await.unwrap();
            tx.remove::<item_tally::Entity>().apply().await.unwrap();
            tx.change::<attempts::Entity>()
                .set(attempts::Column::CountedAt, None::<i64>)
                .apply()
                .await
                .unwrap();
        })
        .await;
    for row in ids {
        let count = Job::CountAttempt {
            tenant: instructor.tenant(),
            attempt: row.id,
        };
        queue(&instructor, count).await;
    }
    work(&asked.world).await;
    assert_eq!(analysis(&instructor, asked.assessment).await.unwrap(), now);
}

#[tokio::test]
async fn a_later_remedy_starts_from_the_answer_and_not_from_the_one_before() {
    let asked = Asked::new().await;
    let (learner, attempt) = asked.sat("+").await;
    for (chosen, points) in [
        (Chosen::Drop, (Points::ZERO, Points::ZERO)),
        (Chosen::Key, (Points::ZERO, Points::ONE)),
        (Chosen::FullCredit, ONE),
    ] {
        asked.applied(chosen).await;
        let result = attempt::result(&learner, attempt).await.unwrap();
        assert_eq!(result.points, Some(points), "{chosen:?}");
    }
    let result = attempt::result(&learner, attempt).await.unwrap();
    assert_eq!(result.amendments.len(), 3);
}

#[tokio::test]
async fn an_earlier_attempt_that_is_regraded_decides_for_the_later_ones_too() {
    let asked = Asked::new().await;
    let (learner, first) = asked.sat("-").await;
    asked.world.installation.pass(Duration::from_mins(1));
    let (second, _) = take(&learner, asked.assessment, "").await;
    work(&asked.world).await;
    asked.applied(Chosen::Key).await;
    for attempt in [first, second] {
        let result = attempt::result(&learner, attempt).await.unwrap();
        assert_eq!(result.outcome, Some(Outcome::Mastered), "passed once is passed");
    }
}

#[tokio::test]
async fn a_regrade_decides_by_the_rule_that_a_decision_was_made_by() {
    let asked = Asked::new().await;
    asked.sat("+").await;
    asked
        .world
        .store(async |tx| {
            tx.change::<competency::Entity>()
                .set(competency::Column::Rule, cut_score(5, 100).to_string())
                .set(competency::Column::RuleVersion, 2_i64)
                .apply()
                .await
                .unwrap();
        })
        .await;
    let (instructor, id) = asked.applied(Chosen::FullCredit).await;
    let tx = asked.world.look().await;
    let stands = tx.rows::<mastery::Entity>().one().await.unwrap().unwrap();
    assert_eq!(stands.outcome, Outcome::Mastered.as_str());
    let made = tx.rows::<decision::Entity>();
    let made = made.filter(decision::Column::Id.eq(stands.decision_id));
    let record = made.one().await.unwrap().unwrap().record;
    assert!(record.contains(r#""rule-version":1"#) && record.contains("full-credit"));
    drop(tx);
    let sheet = regrade::show(&instructor, id).await.unwrap();
    assert_eq!(sheet.changes.people, 0);
}

#[tokio::test]
async fn an_attempt_that_was_dropped_whole_may_be_taken_again() {
    let asked = Asked::with(json!({ "attempts": 1 })).await;
    let (learner, _) = asked.sat("-").await;
    let used_up = start(&learner, asked.assessment).await;
    assert!(matches!(used_up, Err(Error::Refused("attempt-used-up"))));
    asked.applied(Chosen::Drop).await;
    let brief = attempt::brief(&learner, asked.assessment, None).await.unwrap();
    assert_eq!(brief.readiness, attempt::Readiness::Now);
    take(&learner, asked.assessment, "-").await;
    let again = start(&learner, asked.assessment).await;
    assert!(again.is_ok(), "that one is dropped as well");
}

#[tokio::test]
async fn feedback_at_once_shows_the_key_that_scored() {
    let asked = Asked::with(json!({ "feedback": { "when": "atOnce", "correctAnswers": true } })).await;
    let answered = async |ctx: &Ctx| {
        let id = start(ctx, asked.assessment).await.unwrap();
        attempt::answer(ctx, id, 0, &answer_with("wrong")).await.unwrap();
        id
    };
    let first = asked.world.learner().await;
    let id = answered(&first).await;
    attempt::submit(&first, id).await.unwrap();
    work(&asked.world).await;
    asked.applied(Chosen::Key).await;
    let learner = asked.world.learner().await;
    let id = start(&learner, asked.assessment).await.unwrap();
    attempt::answer(&learner, id, 0, &answer_with("wrong"))
        .await
        .unwrap();
    let sheet = attempt::open(&learner, id, attempt::Show::One(0)).await.unwrap();
    let feedback = sheet.questions[0].feedback.clone().unwrap();
    assert_eq!(feedback.points, Points::ONE);
    assert_eq!(
        feedback.interactions[0].correct,
        Some(AnswerView::Text("wrong".to_owned()))
    );
}

#[tokio::test]
async fn why_is_told_only_where_something_may_be_said_about_the_questions() {
    let asked = Asked::with(json!({ "feedback": { "when": "never" } })).await;
    let (learner, attempt) = asked.sat("-").await;
    asked.applied(Chosen::Key).await;
    let result = attempt::result(&learner, attempt).await.unwrap();
    assert_eq!(result.amendments.len(), 1);
    assert!(result.amendments[0].by == AmendedBy::Regrade && result.amendments[0].told.is_none());
}
