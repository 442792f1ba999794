//! Marking without script.

use std::time::Duration;

use axum::http::StatusCode;
use domain::{assessment::DoubleMarking, id::AssessmentId, tenancy::Role};
use serde_json::json;
use service::assessment::marking;

use crate::{
    browser::{Browser, Shown},
    world::{World, cut_score, essay, take},
};

async fn one_essay(world: &World) -> AssessmentId {
    let competency = world.competency(cut_score(1, 60)).await;
    world.item(competency, "assessment", &essay()).await;
    let more = json!({ "passRule": cut_score(1, 60) });
    world.assessment(competency, 1, more).await
}

async fn take_next(browser: &Browser, assessment: AssessmentId) -> Shown {
    let wanted = [("assessment", &*assessment.to_string())];
    browser.post("/t/harbour/teach/marking", &wanted).await
}

#[tokio::test]
async fn piece_after_piece_is_marked_with_one_form_each() {
    let world = World::new().await;
    let assessment = one_essay(&world).await;
    for _ in 0..3 {
        take(&world.learner().await, assessment, "+").await;
        world.installation.pass(Duration::from_secs(1));
    }
    let assessor = Browser::of(&world.member(Role::Assessor).await);
    let mut piece = take_next(&assessor, assessment).await;
    assert!(piece.says("0 of 3 marked"), "{}", piece.html);
    let mark = [("R.clear", "yes"), ("then", "next")];
    for marked in 1..3 {
        let before = piece.path;
        piece = assessor.post(&before, &mark).await;
        assert_ne!(piece.path, before);
        assert!(piece.says("The mark is given") && piece.says(&format!("{marked} of 3 marked")));
        piece.path = piece.path.split('?').next().unwrap().to_owned();
    }
    let queue = assessor.post(&piece.path, &mark).await;
    assert!(
        queue.says("nothing more to mark") && queue.says("Nothing waits"),
        "{}",
        queue.html
    );
}

#[tokio::test]
async fn what_was_left_for_later_comes_when_the_others_are_marked() {
    let world = World::new().await;
    let assessment = one_essay(&world).await;
    for _ in 0..3 {
        take(&world.learner().await, assessment, "+").await;
        world.installation.pass(Duration::from_secs(1));
    }
    let assessor = Browser::of(&world.member(Role::Assessor).await);
    let first = take_next(&assessor, assessment).await.path;
    let mut path = assessor.post(&first, &[("do", "skip")]).await.path;
    let mut marked = Vec::new();
    for _ in 0..2 {
        let next = assessor
            .post(&path, &[("R.clear", "yes"), ("then", "next")])
            .await;
        marked.push(path);
        path = next.path.split('?').next().unwrap().to_owned();
    }
    assert!(!marked.contains(&first), "{marked:?}");
    assert_eq!(path, first);
}

#[tokio::test]
async fn a_form_drawn_before_two_marks_differed_comes_back_with_both() {
    let world = World::new().await;
    let assessment = one_essay(&world).await;
    let author = world.member(Role::Instructor).await;
    let seen = marking::double_marking(&author, assessment).await.unwrap();
    let all = DoubleMarking { share: 100, ..seen };
    marking::set_double_marking(&author, assessment, seen, all)
        .await
        .unwrap();
    take(&world.learner().await, assessment, "+").await;
    let author = Browser::of(&author);
    let old = take_next(&author, assessment).await;
    world.installation.pass(Duration::from_mins(31));
    for level in ["yes", "no"] {
        let assessor = Browser::of(&world.member(Role::Assessor).await);
        let piece = take_next(&assessor, assessment).await;
        assessor.fill(&piece, &[("R.clear", level)]).await;
    }
    let mark = [("R.clear", "no"), ("R.comment", "Mine.")];
    let both = author.fill(&old, &mark).await;
    assert!(
        both.says("Two marks that differ") && both.says("Mine."),
        "{}",
        both.html
    );
    assert_eq!(both.html.matches("id=\"both-marks-R\"").count(), 1);
    assert!(
        author
            .fill(
                &Shown {
                    path: old.path,
                    ..both
                },
                &mark
            )
            .await
            .says("The mark is given")
    );
}

#[tokio::test]
async fn a_draft_comments_and_places_come_back_and_reach_the_learner() {
    let world = World::new().await;
    let assessment = one_essay(&world).await;
    let learner = world.learner().await;
    let (attempt, _) = take(&learner, assessment, "+").await;
    let assessor = Browser::of(&world.member(Role::Assessor).await);
    let path = take_next(&assessor, assessment).await.path;
    let send = async |fields: &[(&str, &str)]| assessor.post(&path, fields).await;

    let saved = send(&[("R.comment", "Say <why>."), ("do", "save R")]).await;
    assert!(
        saved.says("The comment is saved") && saved.says("Insert"),
        "{}",
        saved.html
    );
    let kept = assessor.get("/t/harbour/teach/marking/comments?find=WHY").await;
    let id = kept.values("id").remove(0);
    let inserted = send(&[
        ("R.clear", "yes"),
        ("R.comment", "Well put."),
        ("bank:R", &id),
        ("do", "insert R"),
    ])
    .await;
    assert!(inserted.says("Well put.\n\nSay &lt;why"), "{}", inserted.html);
    let draft = assessor.get(&path).await;
    assert!(draft.says("Well put.") && draft.html.contains("checked"));

    let wrong = send(&[
        ("place:R:from", "2"),
        ("place:R:to", "1"),
        ("place:R:note", "Where?"),
        ("do", "note R"),
    ])
    .await;
    assert_eq!(wrong.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(wrong.says("Choose sentences") && wrong.says("Where?"));
    let mark = [
        ("R.clear", "yes"),
        ("R.comment", "Well put."),
        ("place:R:from", "1"),
        ("place:R:to", "1"),
        ("place:R:note", "This <word>."),
    ];
    // A button pressed twice is as good as once: with the mark, and before it.
    let place = &mark[2..];
    for comment in ["Good.", "Better."] {
        let note = [place[0], place[1], ("place:R:note", comment), ("do", "note R")];
        send(&note).await;
        let both = send(&note).await;
        assert_eq!(both.html.matches(comment).count(), 1, "{}", both.html);
    }
    let noted = assessor.get(&path).await;
    let first = noted.html.split("remove-note R ").nth(1).unwrap();
    let button = format!("remove-note R {}", first.split('"').next().unwrap());
    for _ in 0..2 {
        let left = send(&[("do", &*button)]).await;
        assert_eq!(left.html.matches("remove-note R ").count(), 1, "{}", left.html);
    }
    for _ in 0..2 {
        assert!(send(&mark).await.says("The mark is given"));
    }
    let given = assessor.get(&path).await;
    assert!(
        given.html.contains("<fieldset disabled") && !given.html.contains("id=\"marking\""),
        "what was given is not a form: {}",
        given.html
    );
    let other = send(&[("R.clear", "no")]).await;
    assert_eq!(other.status, StatusCode::CONFLICT);
    let result = Browser::of(&learner)
        .get(&format!("/t/harbour/attempts/{attempt}/result"))
        .await;
    assert!(
        result.html.contains("<mark>right</mark>") && result.says("This &lt;word&gt;."),
        "what was typed of a place goes with the mark, and is text: {}",
        result.html
    );
}

#[tokio::test]
async fn a_mark_keeps_itself_for_who_has_the_piece() {
    let world = World::new().await;
    let assessment = one_essay(&world).await;
    take(&world.learner().await, assessment, "+").await;
    let assessor = Browser::of(&world.member(Role::Assessor).await);
    let path = take_next(&assessor, assessment).await.path;
    let piece = path.rsplit('/').next().unwrap();
    let keep = async |browser: &Browser| {
        let fields = [
            ("tenant", "harbour"),
            ("piece", piece),
            ("fields", "R.comment=So+far&R.clear=no"),
        ];
        browser.post("/api/keep-mark", &fields).await.html
    };
    assert_eq!(keep(&assessor).await, "true");
    assert!(assessor.get(&path).await.says("So far"));
    let other = Browser::of(&world.member(Role::Assessor).await);
    assert_eq!(keep(&other).await, "false");
    let learner = Browser::of(&world.learner().await);
    assert_eq!(keep(&learner).await, "\"NotFound\"");
}

#[tokio::test]
async fn how_much_two_mark_is_said_on_a_form_of_its_own() {
    let world = World::new().await;
    let assessment = one_essay(&world).await;
    let author = Browser::of(&world.member(Role::Instructor).await);
    let path = format!("/t/harbour/teach/assessments/{assessment}/marking");
    let form = author.get(&path).await;
    let wrong = author.fill(&form, &[("share", "101"), ("tolerance", "1")]).await;
    assert_eq!(wrong.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(wrong.says("Enter a whole number from 0 to 100"));
    let saved = author.fill(&form, &[("share", "100"), ("tolerance", "0")]).await;
    assert!(saved.says("It holds for what is handed in from now on"));
    let learner = world.learner().await;
    take(&learner, assessment, "+").await;

    for level in ["yes", "no"] {
        let assessor = Browser::of(&world.member(Role::Assessor).await);
        let piece = take_next(&assessor, assessment).await;
        assert!(!piece.says("It is yes"), "nobody sees another's mark");
        let comment = format!("It is {level}.");
        let mark = [("R.clear", level), ("R.comment", &*comment)];
        assert!(assessor.fill(&piece, &mark).await.says("The mark is given"));
    }
    let queue = author.get("/t/harbour/teach/marking").await;
    assert!(
        queue.says("On 1 piece two assessors do not agree"),
        "{}",
        queue.html
    );
    let wanted = assessment.to_string();
    let both = author
        .post(
            "/t/harbour/teach/marking",
            &[("assessment", &wanted), ("in-dispute", "yes")],
        )
        .await;
    assert!(both.says("It is yes.") && both.says("It is no."), "{}", both.html);
    assert!(
        author
            .fill(&both, &[("R.clear", "no")])
            .await
            .says("The mark is given")
    );
    let agreement = author
        .get(&format!("/t/harbour/teach/assessments/{assessment}/agreement"))
        .await;
    assert!(agreement.says("Too few to say") && agreement.says("Settled by a third"));
}
