//! When an assessment may be sat, with what, and by whom with how much time.

use std::time::Duration;

use domain::{
    assessment::{Accommodation, Window},
    id::{AssessmentId, MembershipId},
    tenancy::Role,
};
use entity::tenancy::membership;
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter};
use serde_json::json;
use service::{
    Ctx, Error,
    assessment::{
        attempt::{self, Readiness, Saving, Show, Start},
        definition::{self, Delivery},
    },
    tenancy,
};

use crate::world::{World, answer_with, cut_score, start};

/// An assessment of ten minutes.
async fn assessment(world: &World) -> AssessmentId {
    let competency = world.competency(cut_score(2, 60)).await;
    world.items(competency, "assessment", 4).await;
    let more =
        json!({ "timeLimit": 600, "passRule": cut_score(2, 60), "feedback": { "when": "afterWindow" } });
    world.assessment(competency, 2, more).await
}

async fn deliver(author: &Ctx, id: AssessmentId, next: Delivery) {
    let seen = definition::delivery(author, id).await.unwrap();
    definition::set_delivery(author, id, &seen, &next).await.unwrap();
}

async fn closing_in(world: &World, seconds: u64) -> Delivery {
    let author = world.member(Role::Instructor).await;
    Delivery {
        window: Window {
            opens: None,
            closes: Some(author.now().after(Duration::from_secs(seconds))),
        },
        access_code: String::new(),
    }
}

async fn membership_of(world: &World, ctx: &Ctx) -> MembershipId {
    let tx = world.installation.system().read().await.unwrap();
    membership::Entity::find()
        .filter(membership::Column::PersonId.eq(ctx.person().unwrap()))
        .one(&tx)
        .await
        .unwrap()
        .unwrap()
        .id
}

async fn give(world: &World, ctx: &Ctx, given: Accommodation) {
    let admin = world.member(Role::Admin).await;
    let id = membership_of(world, ctx).await;
    let seen = tenancy::accommodation(&admin, id).await.unwrap();
    tenancy::set_accommodation(&admin, id, seen, given).await.unwrap();
}

async fn seconds_left(ctx: &Ctx, id: domain::id::AttemptId) -> u64 {
    let sheet = attempt::open(ctx, id, Show::Places).await.unwrap();
    sheet.deadline.unwrap().since(sheet.now).as_secs()
}

#[tokio::test]
async fn outside_the_window_nobody_begins() {
    let world = World::new().await;
    let id = assessment(&world).await;
    let author = world.member(Role::Instructor).await;
    let learner = world.learner().await;
    let (opens, closes) = (
        author.now().after(Duration::from_mins(1)),
        author.now().after(Duration::from_mins(2)),
    );
    let window = Window {
        opens: Some(opens),
        closes: Some(closes),
    };
    let next = Delivery {
        window,
        ..Delivery::default()
    };
    deliver(&author, id, next).await;
    let readiness = async || attempt::brief(&learner, id, None).await.unwrap().readiness;

    assert_eq!(readiness().await, Readiness::Opens(opens));
    let early = start(&learner, id).await;
    assert!(
        matches!(early, Err(Error::Refused("attempt-before-window"))),
        "{early:?}"
    );
    world.installation.pass(Duration::from_mins(1));
    assert_eq!(readiness().await, Readiness::Now);
    world.installation.pass(Duration::from_mins(1));
    assert_eq!(readiness().await, Readiness::Closed(closes));
    let late = start(&learner, id).await;
    assert!(matches!(late, Err(Error::Refused("attempt-closed"))), "{late:?}");
}

#[tokio::test]
async fn a_window_that_changes_takes_no_time_from_anybody() {
    let world = World::new().await;
    let id = assessment(&world).await;
    let author = world.member(Role::Instructor).await;
    let learner = world.learner().await;
    deliver(&author, id, closing_in(&world, 300).await).await;
    let attempt = start(&learner, id).await.unwrap();
    assert_eq!(seconds_left(&learner, attempt).await, 300);
    deliver(&author, id, closing_in(&world, 60).await).await;
    assert_eq!(seconds_left(&learner, attempt).await, 300);
    deliver(&author, id, closing_in(&world, 900).await).await;
    assert_eq!(seconds_left(&learner, attempt).await, 600);
    let stale =
        definition::set_delivery(&author, id, &Delivery::default(), &closing_in(&world, 1).await).await;
    assert!(matches!(stale, Err(Error::Stale)), "{stale:?}");
}

#[tokio::test]
async fn who_has_more_time_has_it_everywhere_and_at_once() {
    let world = World::new().await;
    let id = assessment(&world).await;
    let author = world.member(Role::Instructor).await;
    let (learner, other) = (world.learner().await, world.learner().await);
    let attempt = start(&learner, id).await.unwrap();
    let theirs = start(&other, id).await.unwrap();
    let half_more = Accommodation {
        extra_time: 50,
        breaks: 5,
    };
    give(&world, &learner, half_more).await;
    assert_eq!(seconds_left(&learner, attempt).await, 900);
    assert_eq!(seconds_left(&other, theirs).await, 600);
    let brief = attempt::brief(&learner, id, None).await.unwrap();
    assert_eq!(brief.extra_time, Duration::from_mins(5));

    let id = membership_of(&world, &learner).await;
    for ctx in [&author, &learner] {
        let seen = tenancy::accommodation(ctx, id).await;
        assert!(matches!(seen, Err(Error::NotFound)), "{seen:?}");
    }
    let admin = world.member(Role::Admin).await;
    let too_much = Accommodation {
        extra_time: 301,
        breaks: 5,
    };
    let refused = tenancy::set_accommodation(&admin, id, half_more, too_much).await;
    assert!(matches!(refused, Err(Error::Invalid(_))), "{refused:?}");
}

#[tokio::test]
async fn on_a_break_the_clock_and_the_answers_stand_still() {
    let world = World::new().await;
    let id = assessment(&world).await;
    let learner = world.learner().await;
    let no_break = {
        let other = world.learner().await;
        let attempt = start(&other, id).await.unwrap();
        attempt::take_break(&other, attempt).await
    };
    assert!(
        matches!(no_break, Err(Error::Refused("attempt-no-break"))),
        "{no_break:?}"
    );

    give(
        &world,
        &learner,
        Accommodation {
            extra_time: 0,
            breaks: 5,
        },
    )
    .await;
    let attempt = start(&learner, id).await.unwrap();
    world.installation.pass(Duration::from_secs(100));
    attempt::take_break(&learner, attempt).await.unwrap();
    attempt::take_break(&learner, attempt).await.unwrap();
    let sheet = attempt::open(&learner, attempt, Show::All).await.unwrap();
    assert!(sheet.questions.is_empty() && sheet.resting.is_some());
    let save = async || {
        let saving = Saving::InBackground(1);
        attempt::save(&learner, attempt, 0, &answer_with("right"), saving).await
    };
    let saved = save().await;
    assert!(
        matches!(saved, Err(Error::Refused("attempt-on-break"))),
        "{saved:?}"
    );
    world.installation.pass(Duration::from_mins(2));
    attempt::go_on(&learner, attempt).await.unwrap();
    assert_eq!(seconds_left(&learner, attempt).await, 500);
    assert!(save().await.unwrap().is_kept);

    // The second break has what the first left, and ends by itself.
    attempt::take_break(&learner, attempt).await.unwrap();
    world.installation.pass(Duration::from_secs(181));
    let sheet = attempt::open(&learner, attempt, Show::All).await.unwrap();
    assert!(sheet.resting.is_none() && sheet.breaks_left.is_none());
    assert_eq!(seconds_left(&learner, attempt).await, 499);
}

#[tokio::test]
async fn with_a_code_only_who_knows_it_begins() {
    let world = World::new().await;
    let id = assessment(&world).await;
    let author = world.member(Role::Instructor).await;
    let learner = world.learner().await;
    let coded = Delivery {
        access_code: "Grey Heron 7".to_owned(),
        ..Delivery::default()
    };
    deliver(&author, id, coded.clone()).await;
    assert_eq!(definition::delivery(&author, id).await.unwrap(), coded);
    assert!(attempt::brief(&learner, id, None).await.unwrap().takes_code);
    let begin = async |code: &str| {
        let start = Start {
            id: learner.new_id(),
            assessment: id,
            within: None,
            access_code: code.to_owned(),
            agreed: false,
        };
        attempt::start(&learner, start).await
    };
    let wrong = begin("grey heron").await;
    assert!(
        matches!(&wrong, Err(Error::Invalid(errors)) if errors.iter().next().unwrap().field == "access-code"),
        "{wrong:?}"
    );
    begin(" grey  heron 7").await.unwrap();
}

#[tokio::test]
async fn whoever_does_not_agree_does_not_begin() {
    let world = World::new().await;
    let competency = world.competency(cut_score(2, 60)).await;
    world.items(competency, "assessment", 4).await;
    let more = json!({ "honour": "This is my own work.", "passRule": cut_score(2, 60) });
    let id = world.assessment(competency, 2, more).await;
    let learner = world.learner().await;
    let begin = async |agreed| {
        let start = Start {
            id: learner.new_id(),
            assessment: id,
            within: None,
            access_code: String::new(),
            agreed,
        };
        attempt::start(&learner, start).await
    };
    let refused = begin(false).await;
    assert!(
        matches!(&refused, Err(Error::Invalid(errors)) if errors.iter().next().unwrap().field == "agreed"),
        "{refused:?}"
    );
    begin(true).await.unwrap();
}

#[tokio::test]
async fn nothing_is_said_of_answers_while_anybody_may_still_give_them() {
    let world = World::new().await;
    let id = assessment(&world).await;
    let author = world.member(Role::Instructor).await;
    let (early, late) = (world.learner().await, world.learner().await);
    give(
        &world,
        &late,
        Accommodation {
            extra_time: 100,
            breaks: 0,
        },
    )
    .await;
    deliver(&author, id, closing_in(&world, 60).await).await;
    let attempt = start(&early, id).await.unwrap();
    let theirs = start(&late, id).await.unwrap();
    attempt::submit(&early, attempt).await.unwrap();
    let told = async || {
        let result = attempt::result(&early, attempt).await.unwrap();
        assert_eq!(result.questions_later, result.questions.is_empty());
        !result.questions.is_empty()
    };
    assert!(!told().await);
    world.installation.pass(Duration::from_mins(1));
    assert!(!told().await, "somebody with more time sits at it");
    attempt::submit(&late, theirs).await.unwrap();
    assert!(told().await);
}

#[tokio::test]
async fn where_there_is_no_way_back_only_the_question_in_hand_is_seen() {
    let world = World::new().await;
    let competency = world.competency(cut_score(3, 60)).await;
    world.items(competency, "assessment", 3).await;
    let more = json!({ "navigation": "linear", "passRule": cut_score(3, 60) });
    let id = world.assessment(competency, 3, more).await;
    let learner = world.learner().await;
    let attempt = start(&learner, id).await.unwrap();
    let in_hand = async |asked: usize| {
        let sheet = attempt::open(&learner, attempt, Show::One(asked)).await.unwrap();
        let at: Vec<_> = sheet.questions.iter().map(|question| question.position).collect();
        (at, sheet.places.len())
    };
    let save = async |position| {
        let saving = Saving::Deliberate(1);
        attempt::save(&learner, attempt, position, &answer_with("right"), saving).await
    };
    assert_eq!(in_hand(2).await, (vec![0], 1));
    save(0).await.unwrap();
    let ahead = save(1).await;
    assert!(
        matches!(ahead, Err(Error::Refused("attempt-not-next"))),
        "{ahead:?}"
    );
    attempt::leave(&learner, attempt, 0).await.unwrap();
    attempt::leave(&learner, attempt, 0).await.unwrap();
    assert_eq!(in_hand(0).await, (vec![1], 2));
    let behind = save(0).await;
    assert!(
        matches!(behind, Err(Error::Refused("attempt-left-behind"))),
        "{behind:?}"
    );
    save(1).await.unwrap();

    // The question that was never seen counts, as one that was left open.
    attempt::submit(&learner, attempt).await.unwrap();
    let (points, max) = attempt::result(&learner, attempt).await.unwrap().points.unwrap();
    assert_eq!((points.hundredths(), max.hundredths()), (200, 300));
}
