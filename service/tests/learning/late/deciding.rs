//! Whether a late answer counts, and what follows from it.

use std::time::Duration;

use domain::{
    assessment::{Amendment, AttemptState, Mark, Points},
    mastery::Outcome,
    tenancy::Role,
};
use entity::{assessment::item_tally, audit::audit_entry, mastery::decision, program::award};
use sea_orm::ColumnTrait;
use serde_json::{Value as Json, json};
use service::{
    Ctx, Error,
    assessment::{
        analysis::analysis,
        attempt::{self, AmendedBy, Saving},
        late::{self, Came, Coming, Ruling},
        marking,
    },
    job,
    mail::Message,
    mastery,
    testing::faults,
};

use super::{Late, MINUTE, coming, ruling, work};
use crate::world::{World, answer_with, cut_score, essay, start};

#[tokio::test]
async fn an_assessor_who_lets_it_count_has_all_decided_anew_and_the_learner_hears_of_it() {
    let late = Late::new(Json::Null).await.closed(MINUTE).await;
    late.come("right", 2 * MINUTE).await.unwrap();
    let assessor = late.world.member(Role::Assessor).await;
    let queue = late::queue(&assessor).await.unwrap();
    let [open] = &queue[..] else { panic!("{queue:?}") };
    assert_eq!(
        (open.attempt, open.answers, open.is_own),
        (late.attempt, 1, false)
    );
    let sheet = late::open(&assessor, late.attempt).await.unwrap();
    assert_eq!(sheet.questions[0].in_time, None);
    assert_eq!(sheet.questions[0].late, answer_with("right"));

    let handed_in = late.handed_in().await;
    for _ in 0..2 {
        late::decide(&assessor, late.attempt, 1, ruling(true))
            .await
            .unwrap();
    }
    work(&late.world).await;
    let result = late.result().await;
    assert_eq!(result.points.unwrap().0, Points::from_hundredths(200));
    assert_eq!(result.outcome, Some(Outcome::Mastered));
    assert_eq!(result.late[0].counts, Some(true));
    assert_eq!(result.late[0].reason.as_deref(), Some("The network was away."));
    assert_eq!(result.amendments.len(), 1);
    assert_eq!(result.amendments[0].by, AmendedBy::Late);
    assert_eq!(late.handed_in().await, handed_in, "what was handed in stays");
    let mails = late.world.installation.take_mails();
    let told = mails
        .iter()
        .filter(|mail| matches!(mail.message, Message::LateAnswerDecided { .. }));
    assert_eq!(told.count(), 1);
    let contrary = late::decide(&assessor, late.attempt, 1, ruling(false)).await;
    assert!(matches!(contrary, Err(Error::Refused("late-decided"))));
    assert!(late::queue(&assessor).await.unwrap().is_empty());

    let tx = late.world.look().await;
    let awards = tx.rows::<award::Entity>().all().await.unwrap();
    assert_eq!(awards.len(), 1, "the badge is earned now");
    let noted = tx
        .rows::<audit_entry::Entity>()
        .filter(audit_entry::Column::Action.eq("late-answer-counted"));
    assert_eq!(noted.count().await.unwrap(), 1);
    let decisions = tx.rows::<decision::Entity>().all().await.unwrap();
    let named = decisions
        .iter()
        .filter(|row| row.record.contains(r#""amended":"late""#));
    assert_eq!(named.count(), 2, "of the assessment, and of the competency");
    drop(tx);
    let system = late.world.installation.system();
    let replayed = mastery::replay(&system, awards[0].id).await.unwrap();
    assert!(!replayed.is_empty() && replayed.iter().all(mastery::Replayed::is_same));
}

#[tokio::test]
async fn the_tallies_take_the_late_answer_in_place_of_the_other() {
    let late = Late::new(Json::Null).await.closed(MINUTE).await;
    late.come("right", 2 * MINUTE).await.unwrap();
    let assessor = late.world.member(Role::Assessor).await;
    late::decide(&assessor, late.attempt, 1, ruling(true))
        .await
        .unwrap();
    work(&late.world).await;
    let author = late.world.member(Role::Instructor).await;
    let sheet = analysis(&author, late.assessment).await.unwrap();
    assert_eq!(sheet.whole.attempts, 1);
    let tx = late.world.look().await;
    let tallies = tx.rows::<item_tally::Entity>().all().await.unwrap();
    assert_eq!(tallies.len(), 2);
    assert!(
        tallies.iter().all(|tally| tally.content.contains(r#""blank":0"#)),
        "{tallies:?}"
    );
}

#[tokio::test]
async fn one_that_does_not_count_changes_nothing_and_the_learner_reads_why() {
    let late = Late::new(Json::Null).await.closed(MINUTE).await;
    late.come("right", 2 * MINUTE).await.unwrap();
    let assessor = late.world.member(Role::Assessor).await;
    let empty = late::decide(&assessor, late.attempt, 1, Ruling::default()).await;
    assert_eq!(
        faults(empty),
        [
            ("counts-1".to_owned(), "late-undecided".to_owned()),
            ("reason-1".to_owned(), "late-reason-missing".to_owned()),
        ]
    );
    late::decide(&assessor, late.attempt, 1, ruling(false))
        .await
        .unwrap();
    let result = late.result().await;
    assert_eq!(result.points.unwrap().0, Points::ONE);
    assert_eq!((result.late[0].counts, result.amendments.len()), (Some(false), 0));
    assert!(result.late[0].reason.is_some());
}

#[tokio::test]
async fn soon_enough_it_counts_by_a_job_that_was_stored_with_it() {
    let late = Late::new(json!({ "countWithin": 5 }))
        .await
        .closed(5 * MINUTE)
        .await;
    for _ in 0..2 {
        late.come("right", 6 * MINUTE).await.unwrap();
    }
    // Whatever dies here, the job is there.
    assert_eq!(late.points().await, Points::ONE);
    let told = &late.result().await.late[0];
    assert!(told.counts.is_none() && told.is_about_to_count);
    late.world.installation.pass(MINUTE);
    work(&late.world).await;
    assert_eq!(late.points().await, Points::from_hundredths(200));
    let kept = late.kept().await;
    assert_eq!((kept[0].counts, kept[0].decided_by), (Some(true), None));
    assert_eq!(late.come("right", 6 * MINUTE).await.unwrap(), Came::Decided);
    assert_eq!(late.result().await.amendments.len(), 1);
}

#[tokio::test]
async fn the_job_done_twice_lets_it_count_once() {
    let late = Late::new(json!({ "countWithin": 5 })).await.closed(MINUTE).await;
    for _ in 0..2 {
        assert_eq!(late.come("right", 2 * MINUTE).await.unwrap(), Came::Counts);
    }
    for _ in 0..2 {
        let job = job::Job::CountLateAnswers {
            tenant: late.world.tenant,
            attempt: late.attempt,
        };
        let tx = late.world.installation.system().write().await.unwrap();
        job::now(&tx, &late.world.installation, &job).await.unwrap();
        tx.commit().await.unwrap();
        work(&late.world).await;
    }
    assert_eq!(late.result().await.amendments.len(), 1);
}

#[tokio::test]
async fn those_that_come_together_count_together_and_the_learner_hears_of_them_once() {
    let world = World::new().await;
    let competency = world.competency(cut_score(3, 100)).await;
    world.items(competency, "assessment", 3).await;
    let more = json!({
        "timeLimit": 600, "passRule": cut_score(3, 100), "late": { "countWithin": 5 },
    });
    let assessment = world.assessment(competency, 3, more).await;
    let late = Late::begun(world, assessment).await.closed(MINUTE).await;
    for position in 0..3 {
        let answer = coming(position, "right", Some(2 * MINUTE));
        let came = late::come(&late.learner, late.attempt, answer).await.unwrap();
        assert_eq!(came, Came::Counts);
    }
    late.world.installation.pass(MINUTE);
    work(&late.world).await;
    let result = late.result().await;
    assert_eq!(result.points.unwrap().0, Points::from_hundredths(300));
    assert_eq!(result.outcome, Some(Outcome::Mastered));
    assert!(result.late.iter().all(|it| it.counts == Some(true)));
    assert_eq!(result.amendments.len(), 1);
    let mails = late.world.installation.take_mails();
    let told = mails
        .iter()
        .filter(|mail| matches!(mail.message, Message::LateAnswerDecided { .. }));
    assert_eq!(told.count(), 1);
}

#[tokio::test]
async fn after_that_a_person_decides_whatever_the_browser_says() {
    let late = Late::new(json!({ "countWithin": 5 }))
        .await
        .closed(5 * MINUTE + Duration::from_millis(1))
        .await;
    assert_eq!(late.come("right", 9 * MINUTE).await.unwrap(), Came::Kept);
    let silent = late::come(&late.learner, late.attempt, coming(1, "right", None)).await;
    assert_eq!(silent.unwrap(), Came::Kept);
    late.world.installation.pass(MINUTE);
    work(&late.world).await;
    assert_eq!(late.points().await, Points::ONE);
    assert!(!late.result().await.late[0].is_about_to_count);
    let assessor = late.world.member(Role::Assessor).await;
    assert_eq!(late::queue(&assessor).await.unwrap().len(), 1);
}

/// An essay that was not handed in when the time was up, and came late.
async fn late_essay() -> Late {
    let world = World::new().await;
    let competency = world.competency(cut_score(1, 50)).await;
    world.item(competency, "assessment", &essay()).await;
    let more = json!({
        "timeLimit": 600, "passRule": cut_score(1, 50), "late": { "countWithin": 60 },
    });
    let assessment = world.assessment(competency, 1, more).await;
    Late::begun(world, assessment).await.closed(MINUTE).await
}

#[tokio::test]
async fn what_a_person_marks_counts_when_a_person_has_marked_it() {
    let late = late_essay().await;
    assert_eq!(late.result().await.state, AttemptState::Scored);
    let essay = coming(0, "A weir slows it.", Some(2 * MINUTE));
    let came = late::come(&late.learner, late.attempt, essay).await.unwrap();
    assert_eq!(came, Came::Kept, "by itself it does not count");
    let assessor = late.world.member(Role::Assessor).await;
    let sheet = late::open(&assessor, late.attempt).await.unwrap();
    let (response, _) = sheet.questions[0].marked_by[0].clone();
    let unmarked = late::decide(&assessor, late.attempt, 0, ruling(true)).await;
    assert!(matches!(unmarked, Err(Error::Invalid(_))), "{unmarked:?}");
    let mark: Mark = serde_json::from_value(json!({ "levels": { "clear": "yes" } })).unwrap();
    let marked = Ruling {
        marks: [(response, mark)].into(),
        ..ruling(true)
    };
    late::decide(&assessor, late.attempt, 0, marked).await.unwrap();
    work(&late.world).await;
    let result = late.result().await;
    assert_eq!(result.points.unwrap().0, Points::from_hundredths(400));
    assert_eq!(result.outcome, Some(Outcome::Mastered));
    late::look(&late.learner, late.attempt).await.unwrap();
    let question = &late.result().await.questions[0];
    assert_eq!(question.amended, Some(Amendment::Late));
    assert_eq!(question.fields, answer_with("A weir slows it."));
}

#[tokio::test]
async fn while_an_attempt_waits_for_marks_a_late_text_waits_with_it() {
    let late = Late::new(Json::Null).await;
    let world = &late.world;
    let competency = world.competency(cut_score(2, 50)).await;
    world.item(competency, "assessment", &essay()).await;
    world.item(competency, "assessment", &essay()).await;
    let more = json!({ "timeLimit": 600, "passRule": cut_score(2, 50) });
    let assessment = world.assessment(competency, 2, more).await;
    let attempt = start(&late.learner, assessment).await.unwrap();
    attempt::save(
        &late.learner,
        attempt,
        0,
        &answer_with("First."),
        Saving::InBackground(1),
    )
    .await
    .unwrap();
    let late = Late {
        assessment,
        attempt,
        ..late
    }
    .closed(MINUTE)
    .await;
    assert_eq!(late.result().await.state, AttemptState::Marking);
    for (position, text) in [(0, "First, and more."), (1, "Second.")] {
        late::come(&late.learner, attempt, coming(position, text, Some(2 * MINUTE)))
            .await
            .unwrap();
    }
    let assessor = late.world.member(Role::Assessor).await;
    late::decide(&assessor, attempt, 1, ruling(true)).await.unwrap();
    let (queues, _) = marking::queue(&assessor).await.unwrap();
    let waiting: u64 = queues
        .iter()
        .flat_map(|queue| &queue.questions)
        .map(|it| it.first)
        .sum();
    assert_eq!(waiting, 2, "the second is marked like the first");
    // Once somebody has begun to mark the first, another text does not take its place.
    for _ in 0..2 {
        marking::claim_next(&assessor, marking::Wanted::from(assessment))
            .await
            .unwrap();
    }
    let begun = late::decide(&assessor, attempt, 0, ruling(true)).await;
    assert!(
        matches!(begun, Err(Error::Refused("late-being-marked"))),
        "{begun:?}"
    );
}

#[tokio::test]
async fn what_leaves_nothing_to_mark_completes_the_attempt() {
    let late = Late::new(Json::Null).await;
    let world = &late.world;
    let competency = world.competency(cut_score(1, 20)).await;
    let mut both = essay();
    let short = json!({
        "interaction": { "kind": "textEntry", "response": "S", "prompt": "Say it." },
    });
    both["body"].as_array_mut().unwrap().push(short);
    both["responses"].as_array_mut().unwrap().push(json!({
        "identifier": "S", "cardinality": "single", "baseType": "string",
        "correctResponse": { "text": "right" }, "scoring": { "rule": "matchCorrect", "points": 1 },
    }));
    world.item(competency, "assessment", &both).await;
    let more = json!({ "timeLimit": 600, "passRule": cut_score(1, 20) });
    let assessment = world.assessment(competency, 1, more).await;
    let attempt = start(&late.learner, assessment).await.unwrap();
    let text = answer_with("A weir slows it.");
    let saving = Saving::InBackground(1);
    attempt::save(&late.learner, attempt, 0, &text, saving)
        .await
        .unwrap();
    let late = Late {
        assessment,
        attempt,
        ..late
    }
    .closed(MINUTE)
    .await;
    assert_eq!(late.result().await.state, AttemptState::Marking);
    let other = Coming {
        fields: vec![("r.2".to_owned(), "right".to_owned())],
        ..coming(0, "", Some(2 * MINUTE))
    };
    late::come(&late.learner, attempt, other).await.unwrap();
    let assessor = late.world.member(Role::Assessor).await;
    late::decide(&assessor, attempt, 0, ruling(true)).await.unwrap();
    let result = late.result().await;
    assert_eq!(result.state, AttemptState::Scored);
    assert_eq!(result.points.unwrap().0, Points::ONE);
    let (queues, _) = marking::queue(&assessor).await.unwrap();
    assert!(queues.iter().all(|queue| queue.questions.is_empty()));
}

#[tokio::test]
async fn nobody_decides_on_their_own() {
    let late = Late::new(Json::Null).await.closed(MINUTE).await;
    late.come("right", 2 * MINUTE).await.unwrap();
    let own = Ctx::new(
        std::sync::Arc::clone(&late.world.installation),
        late.world.tenant,
        service::Actor {
            person: late.learner.actor().person,
            role: Some(Role::Assessor),
        },
    );
    assert!(late::queue(&own).await.unwrap()[0].is_own);
    let opened = late::open(&own, late.attempt).await;
    assert!(matches!(opened, Err(Error::Refused("late-own"))));
    let decided = late::decide(&own, late.attempt, 1, ruling(true)).await;
    assert!(matches!(decided, Err(Error::Refused("late-own"))));
}

#[tokio::test]
async fn what_would_replace_an_answer_does_not_count_by_itself_since_its_points_were_told() {
    let late = Late::new(json!({ "countWithin": 5 })).await.closed(MINUTE).await;
    let other = coming(0, "wrong", Some(2 * MINUTE));
    let came = late::come(&late.learner, late.attempt, other).await.unwrap();
    assert_eq!(came, Came::Kept);
    late.world.installation.pass(MINUTE);
    work(&late.world).await;
    assert_eq!(late.points().await, Points::ONE);
    assert_eq!(late.kept().await[0].counts, None, "a person decides");
}
