//! Starting, saving and submitting.

use std::time::Duration;

use domain::{
    assessment::{AttemptState, Points},
    id::AttemptId,
    mastery::Outcome,
    tenancy::Role,
};
use entity::{
    assessment::{attempt as row, exposure, response},
    mastery::decision,
};
use sea_orm::ColumnTrait;
use serde_json::json;
use service::{
    Error,
    assessment::attempt::{self, Readiness, Saving, Show},
    mastery,
};

use crate::world::{World, add_tenant, answer_with, cut_score, join, start, take};

async fn three_questions(world: &World) -> domain::id::AssessmentId {
    let competency = world.competency(cut_score(3, 60)).await;
    world.items(competency, "assessment", 8).await;
    let rule = json!({ "passRule": cut_score(3, 60) });
    world.assessment(competency, 3, rule).await
}

#[tokio::test]
async fn an_attempt_goes_from_its_start_to_a_decision() {
    let world = World::new().await;
    let assessment = three_questions(&world).await;
    let ctx = world.learner().await;
    let (id, state) = take(&ctx, assessment, "++-").await;
    assert_eq!(state, AttemptState::Scored);
    let result = attempt::result(&ctx, id).await.unwrap();
    let points = |hundredths| Points::from_hundredths(hundredths);
    assert_eq!(result.points, Some((points(200), points(300))));
    assert_eq!(result.outcome, Some(Outcome::Mastered));
    assert_eq!(
        result.decisions.len(),
        2,
        "of the assessment and of its competency"
    );
    assert_eq!(result.questions.len(), 3);
    let progress = mastery::here(&ctx).await.unwrap();
    assert_eq!(progress[0].outcome, Some(Outcome::Mastered));
    let record = mastery::of_competency(&ctx, progress[0].id).await.unwrap();
    assert_eq!(record.evidence.len(), 1);
    assert!(record.decision.is_some());
}

#[tokio::test]
async fn an_open_attempt_is_gone_on_with_and_its_form_stays() {
    let world = World::new().await;
    let assessment = three_questions(&world).await;
    let ctx = world.learner().await;
    let first = start(&ctx, assessment).await.unwrap();
    attempt::save(&ctx, first, 1, &answer_with("right"), Saving::Deliberate(1))
        .await
        .unwrap();
    assert_eq!(start(&ctx, assessment).await.unwrap(), first);
    let (one, again) = (
        attempt::open(&ctx, first, Show::All).await.unwrap(),
        attempt::open(&ctx, first, Show::All).await.unwrap(),
    );
    assert_eq!(one.questions.len(), 3);
    for (one, again) in one.questions.iter().zip(&again.questions) {
        assert_eq!((&one.view, &one.fields), (&again.view, &again.fields));
    }
    assert_eq!(one.questions[1].fields, answer_with("right"));
    assert_eq!(
        one.places.iter().map(|place| place.answered).collect::<Vec<_>>(),
        [false, true, false]
    );
}

#[tokio::test]
async fn an_older_save_never_overwrites_a_newer_one() {
    let world = World::new().await;
    let assessment = three_questions(&world).await;
    let ctx = world.learner().await;
    let id = start(&ctx, assessment).await.unwrap();
    for (text, saving, is_kept, sequence) in [
        ("first", Saving::InBackground(1), true, 1),
        ("third", Saving::InBackground(3), true, 3),
        ("second", Saving::InBackground(2), false, 3),
        ("third", Saving::InBackground(3), true, 3),
        ("from another tab", Saving::InBackground(3), false, 3),
        ("by hand", Saving::Deliberate(1), true, 4),
        ("late", Saving::InBackground(4), false, 4),
    ] {
        let saved = attempt::save(&ctx, id, 0, &answer_with(text), saving)
            .await
            .unwrap();
        assert_eq!((saved.is_kept, saved.sequence), (is_kept, sequence), "{text}");
    }
    let sheet = attempt::open(&ctx, id, Show::One(0)).await.unwrap();
    assert_eq!(sheet.questions[0].fields, answer_with("by hand"));
}

#[tokio::test]
async fn an_answer_can_be_taken_back_and_a_place_flagged() {
    let world = World::new().await;
    let assessment = three_questions(&world).await;
    let ctx = world.learner().await;
    let id = start(&ctx, assessment).await.unwrap();
    for text in ["right", ""] {
        attempt::save(&ctx, id, 0, &answer_with(text), Saving::Deliberate(0))
            .await
            .unwrap();
    }
    attempt::flag(&ctx, id, 2, true).await.unwrap();
    let places = attempt::open(&ctx, id, Show::Places).await.unwrap().places;
    assert!(!places[0].answered && places[2].flagged && !places[1].flagged);
}

#[tokio::test]
async fn what_is_no_answer_comes_back_with_its_reason() {
    let world = World::new().await;
    let assessment = three_questions(&world).await;
    let ctx = world.learner().await;
    let id = start(&ctx, assessment).await.unwrap();
    let long = answer_with(&"x".repeat(1_001));
    let refused = attempt::save(&ctx, id, 0, &long, Saving::Deliberate(1)).await;
    let Err(Error::Invalid(errors)) = refused else {
        panic!("{refused:?}")
    };
    let error = errors.iter().next().unwrap();
    assert_eq!(
        (error.field.as_str(), error.code.as_str()),
        ("r.1", "answer-too-long")
    );
    let nowhere = attempt::save(&ctx, id, 9, &answer_with("right"), Saving::Deliberate(1)).await;
    assert!(matches!(nowhere, Err(Error::NotFound)));
}

#[tokio::test]
async fn fifty_submits_at_once_make_one_result() {
    let world = World::new().await;
    let assessment = three_questions(&world).await;
    let ctx = world.learner().await;
    let id = start(&ctx, assessment).await.unwrap();
    for position in 0..3 {
        attempt::save(&ctx, id, position, &answer_with("right"), Saving::Deliberate(1))
            .await
            .unwrap();
    }
    let submits = (0..50).map(|_| {
        let ctx = ctx.clone();
        tokio::spawn(async move { attempt::submit(&ctx, id).await })
    });
    for submit in submits.collect::<Vec<_>>() {
        assert_eq!(submit.await.unwrap().unwrap(), AttemptState::Scored);
    }
    let decisions = world
        .look()
        .await
        .rows::<decision::Entity>()
        .count()
        .await
        .unwrap();
    assert_eq!(decisions, 2);
}

#[tokio::test]
async fn after_submitting_nothing_changes() {
    let world = World::new().await;
    let assessment = three_questions(&world).await;
    let ctx = world.learner().await;
    let (id, _) = take(&ctx, assessment, "---").await;
    let late = attempt::save(&ctx, id, 0, &answer_with("right"), Saving::Deliberate(9)).await;
    assert!(matches!(late, Err(Error::Refused("attempt-submitted"))));
    assert!(matches!(
        attempt::flag(&ctx, id, 0, true).await,
        Err(Error::Refused("attempt-submitted"))
    ));
    let result = attempt::result(&ctx, id).await.unwrap();
    assert_eq!(result.outcome, Some(Outcome::NotYet));
}

#[tokio::test]
async fn a_second_attempt_asks_what_was_not_seen_and_counts_with_the_first() {
    let world = World::new().await;
    let assessment = three_questions(&world).await;
    let ctx = world.learner().await;
    let (first, _) = take(&ctx, assessment, "---").await;
    // Which of two decisions is the newer one is told by their times.
    world.installation.pass(Duration::from_mins(5));
    let (second, _) = take(&ctx, assessment, "+++").await;
    let asked = |id: AttemptId| {
        let world = &world;
        async move {
            let tx = world.look().await;
            let rows = tx
                .rows::<response::Entity>()
                .filter(response::Column::AttemptId.eq(id));
            let rows = rows.all().await.unwrap();
            rows.into_iter().map(|row| row.item_id).collect::<Vec<_>>()
        }
    };
    let again = asked(second).await;
    assert!(asked(first).await.iter().all(|item| !again.contains(item)));
    assert_eq!(
        attempt::result(&ctx, second).await.unwrap().outcome,
        Some(Outcome::Mastered)
    );
    let seen = world
        .look()
        .await
        .rows::<exposure::Entity>()
        .count()
        .await
        .unwrap();
    assert_eq!(seen, 6);
    let third = start(&ctx, assessment).await;
    assert!(
        matches!(third, Err(Error::Refused("attempt-passed"))),
        "{third:?}"
    );
}

#[tokio::test]
async fn whoever_may_not_begin_reads_why() {
    let world = World::new().await;
    let competency = world.competency(cut_score(2, 60)).await;
    world.items(competency, "assessment", 5).await;
    let more = json!({ "attempts": 2, "cooldown": 3600, "unseen": "required", "passRule": cut_score(2, 60) });
    let assessment = world.assessment(competency, 2, more).await;
    let ctx = world.learner().await;
    let ready = || async { attempt::brief(&ctx, assessment, None).await.unwrap().readiness };
    assert_eq!(ready().await, Readiness::Now);
    take(&ctx, assessment, "--").await;
    assert_eq!(
        ready().await,
        Readiness::Later(world.now().after(std::time::Duration::from_hours(1)))
    );
    assert!(matches!(
        start(&ctx, assessment).await,
        Err(Error::Refused("attempt-too-soon"))
    ));
    world.installation.pass(std::time::Duration::from_hours(1));
    take(&ctx, assessment, "--").await;
    assert_eq!(ready().await, Readiness::No("attempt-used-up"));

    let small = json!({ "unseen": "required", "passRule": cut_score(2, 60) });
    let small = world.assessment(competency, 2, small).await;
    let refused = start(&ctx, small).await;
    assert!(
        matches!(refused, Err(Error::Refused("attempt-all-seen"))),
        "{refused:?}"
    );
}

#[tokio::test]
async fn starting_twice_at_once_is_one_attempt() {
    let world = World::new().await;
    let assessment = three_questions(&world).await;
    let ctx = world.learner().await;
    let starts = (0..10).map(|_| {
        let ctx = ctx.clone();
        tokio::spawn(async move { start(&ctx, assessment).await })
    });
    for start in starts.collect::<Vec<_>>() {
        start.await.unwrap().unwrap();
    }
    assert_eq!(world.look().await.rows::<row::Entity>().count().await.unwrap(), 1);
}

#[tokio::test]
async fn another_persons_or_tenants_attempt_is_not_there() {
    let world = World::new().await;
    let assessment = three_questions(&world).await;
    let ctx = world.learner().await;
    let id = start(&ctx, assessment).await.unwrap();
    let elsewhere = add_tenant(&world.installation, "ridge").await;
    for stranger in [
        world.learner().await,
        world.member(Role::Owner).await,
        join(&world.installation, elsewhere, Role::Owner).await,
    ] {
        let fields = answer_with("right");
        let attempts: [service::Result<()>; 5] = [
            attempt::open(&stranger, id, Show::All).await.map(drop),
            attempt::save(&stranger, id, 0, &fields, Saving::Deliberate(1))
                .await
                .map(drop),
            attempt::flag(&stranger, id, 0, true).await,
            attempt::submit(&stranger, id).await.map(drop),
            attempt::result(&stranger, id).await.map(drop),
        ];
        for outcome in attempts {
            assert!(matches!(outcome, Err(Error::NotFound)), "{outcome:?}");
        }
    }
    let stranger = join(&world.installation, elsewhere, Role::Learner).await;
    assert!(matches!(start(&stranger, assessment).await, Err(Error::NotFound)));
}
