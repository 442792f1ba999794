//! Which late answers are taken, and who is told what meanwhile.

use std::time::Duration;

use domain::{
    assessment::{AttemptState, Points, Window},
    tenancy::Role,
};
use serde_json::{Value as Json, json};
use service::{
    Error,
    assessment::{
        attempt,
        definition::{self, Delivery},
        late::{self, Came, Coming},
    },
    job,
};

use super::{Late, MINUTE, coming, refused, ruling, work};
use crate::world::{World, add_tenant, cut_score, join, start};

#[tokio::test]
async fn a_late_answer_is_kept_beside_what_was_handed_in_and_sent_twice_it_is_one() {
    let late = Late::new(Json::Null).await.closed(MINUTE).await;
    let handed_in = late.handed_in().await;
    for _ in 0..2 {
        assert_eq!(late.come("right", 2 * MINUTE).await.unwrap(), Came::Kept);
    }
    work(&late.world).await;
    let kept = late.kept().await;
    assert_eq!(kept.len(), 1);
    let now = late.learner.now();
    assert_eq!(
        (kept[0].arrived_at, kept[0].given_at),
        (now, Some(now.before(2 * MINUTE)))
    );
    assert_eq!(late.handed_in().await, handed_in);
    assert_eq!(late.points().await, Points::ONE, "nobody has decided");
    assert_eq!(refused(late.come("wrong", 2 * MINUTE).await), "late-overtaken");
    let told = late.result().await.late;
    assert_eq!((told.len(), told[0].position, told[0].counts), (1, 1, None));
}

#[tokio::test]
async fn one_that_comes_before_anybody_has_closed_the_attempt_closes_it() {
    let late = Late::new(Json::Null).await;
    late.pass(MINUTE);
    assert_eq!(late.come("right", 2 * MINUTE).await.unwrap(), Came::Kept);
    assert_eq!(late.result().await.state, AttemptState::Scored);
    assert_eq!(late.points().await, Points::ONE);
}

#[tokio::test]
async fn what_was_handed_in_is_no_late_answer_and_older_ones_are_not_kept() {
    let late = Late::new(Json::Null).await.closed(MINUTE).await;
    let at_first = |text: &str, sequence| Coming {
        sequence,
        ..coming(0, text, Some(2 * MINUTE))
    };
    let come = async |coming| late::come(&late.learner, late.attempt, coming).await;
    assert_eq!(come(at_first("right", 1)).await.unwrap(), Came::HandedIn);
    assert_eq!(refused(come(at_first("older", 1)).await), "late-overtaken");
    assert_eq!(refused(come(at_first("", 2)).await), "late-refused");
    assert_eq!(come(coming(1, "", None)).await.unwrap(), Came::HandedIn);
    assert!(matches!(
        come(coming(2, "right", None)).await,
        Err(Error::NotFound)
    ));
    assert!(matches!(
        come(coming(1, &"x".repeat(1_001), None)).await,
        Err(Error::Invalid(_))
    ));
    assert!(late.kept().await.is_empty());
}

#[tokio::test]
async fn too_late_by_the_policy_or_by_the_browsers_own_word_nothing_is_kept() {
    let never = Late::new(json!("refuse")).await.closed(MINUTE).await;
    assert_eq!(refused(never.come("right", 2 * MINUTE).await), "late-refused");
    let late = Late::new(Json::Null).await.closed(MINUTE).await;
    assert_eq!(
        refused(late.come("right", Duration::from_secs(30)).await),
        "late-refused"
    );
    late.world.installation.pass(Duration::from_hours(24));
    assert_eq!(refused(late.come("right", 1_500 * MINUTE).await), "late-refused");
    assert!(late.kept().await.is_empty() && never.kept().await.is_empty());
}

#[tokio::test]
async fn an_attempt_that_its_learner_handed_in_takes_none() {
    let late = Late::new(Json::Null).await;
    attempt::submit(&late.learner, late.attempt).await.unwrap();
    assert_eq!(refused(late.come("right", MINUTE).await), "attempt-submitted");
    late.pass(MINUTE);
    assert_eq!(refused(late.come("right", 2 * MINUTE).await), "attempt-submitted");
    // Even where that was at the last moment.
    let last = Late::new(Json::Null).await;
    last.pass(Duration::ZERO);
    attempt::submit(&last.learner, last.attempt).await.unwrap();
    last.world.installation.pass(MINUTE);
    assert_eq!(refused(last.come("right", 2 * MINUTE).await), "attempt-submitted");
}

#[tokio::test]
async fn answers_are_told_once_none_can_come_any_more_or_the_learner_gives_that_up() {
    let late = Late::new(Json::Null).await.closed(MINUTE).await;
    let result = late.result().await;
    assert!(result.questions.is_empty() && result.late_until.is_some());
    late::look(&late.learner, late.attempt).await.unwrap();
    let result = late.result().await;
    assert!(result.questions.len() == 2 && result.late_until.is_none());
    assert_eq!(refused(late.come("right", 2 * MINUTE).await), "late-shown");

    let waits = Late::new(Json::Null).await.closed(MINUTE).await;
    waits.world.installation.pass(Duration::from_hours(24));
    assert_eq!(waits.result().await.questions.len(), 2);
}

#[tokio::test]
async fn others_find_neither_the_attempt_nor_what_came() {
    let late = Late::new(Json::Null).await.closed(MINUTE).await;
    let other = late.world.learner().await;
    let theirs = late::come(&other, late.attempt, coming(1, "right", None)).await;
    assert!(matches!(theirs, Err(Error::NotFound)), "{theirs:?}");
    assert!(matches!(
        late::look(&other, late.attempt).await,
        Err(Error::NotFound)
    ));
    late.come("right", 2 * MINUTE).await.unwrap();

    let elsewhere = add_tenant(&late.world.installation, "elsewhere").await;
    let stranger = join(&late.world.installation, elsewhere, Role::Owner).await;
    assert!(late::queue(&stranger).await.unwrap().is_empty());
    assert!(matches!(
        late::open(&stranger, late.attempt).await,
        Err(Error::NotFound)
    ));
    let decided = late::decide(&stranger, late.attempt, 1, ruling(true)).await;
    assert!(matches!(decided, Err(Error::NotFound)));
    // Who learns here decides nothing here.
    assert!(matches!(late::queue(&other).await, Err(Error::NotFound)));
    assert!(matches!(
        late::open(&other, late.attempt).await,
        Err(Error::NotFound)
    ));
    let decided = late::decide(&late.learner, late.attempt, 1, ruling(true)).await;
    assert!(matches!(decided, Err(Error::NotFound)));
}

#[tokio::test]
async fn whoever_begins_again_gives_up_what_might_have_come_late() {
    let late = Late::new(json!({ "countWithin": 5 })).await.closed(MINUTE).await;
    let again = start(&late.learner, late.assessment).await.unwrap();
    assert_ne!(again, late.attempt);
    assert_eq!(refused(late.come("right", 2 * MINUTE).await), "late-shown");
    assert!(late.kept().await.is_empty());
    assert_eq!(late.result().await.late_until, None);
}

#[tokio::test]
async fn nobody_is_told_the_answers_while_one_of_somebody_else_may_come_late() {
    let world = World::new().await;
    let competency = world.competency(cut_score(2, 60)).await;
    world.items(competency, "assessment", 2).await;
    let more = json!({
        "timeLimit": 600, "passRule": cut_score(2, 60), "feedback": { "when": "afterWindow" },
    });
    let assessment = world.assessment(competency, 2, more).await;
    let (soon, last) = (world.learner().await, world.learner().await);
    let handed_in = start(&soon, assessment).await.unwrap();
    start(&last, assessment).await.unwrap();
    attempt::submit(&soon, handed_in).await.unwrap();
    let author = world.member(Role::Instructor).await;
    let seen = definition::delivery(&author, assessment).await.unwrap();
    let next = Delivery {
        window: Window {
            opens: None,
            closes: Some(author.now().after(20 * MINUTE)),
        },
        ..Delivery::default()
    };
    definition::set_delivery(&author, assessment, &seen, &next)
        .await
        .unwrap();
    world.installation.pass(30 * MINUTE);
    job::schedule(&world.installation).await.unwrap();
    work(&world).await;
    let told = async || attempt::result(&soon, handed_in).await.unwrap().questions.len();
    assert_eq!(told().await, 0, "the other's time was up less than a day ago");
    world.installation.pass(Duration::from_hours(24));
    assert_eq!(told().await, 2);
}
