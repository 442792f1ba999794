//! Answering with a file: what becomes of it, and who gets to see it.

use std::{io::Cursor, time::Duration};

use domain::{
    assessment::{AttemptState, MarkingStage},
    id::{AnswerFileId, AssessmentId, AttemptId, MarkingId},
    tenancy::Role,
};
use entity::assessment::answer_file;
use image::{DynamicImage, ImageFormat};
use serde_json::json;
use service::{
    Ctx, Error,
    assessment::{
        attempt::{self, FileSent, Saving, Show},
        marking,
    },
    files::{self, Audience, Upload},
    job,
};

use crate::world::{World, add_tenant, cut_score, essay, join, start};

/// An assessment that asks for a picture or a PDF.
async fn asks_for_a_file(world: &World) -> AssessmentId {
    let competency = world.competency(cut_score(1, 60)).await;
    let mut item = essay();
    item["body"][0]["interaction"] = json!({
        "kind": "upload", "response": "R", "prompt": "Show it.", "accepts": ["picture", "document"],
    });
    item["responses"][0]["baseType"] = json!("file");
    world.item(competency, "assessment", &item).await;
    let more = json!({ "passRule": cut_score(1, 60) });
    world.assessment(competency, 1, more).await
}

fn picture(width: u32) -> Vec<u8> {
    let mut bytes = Cursor::new(Vec::new());
    let drawn = DynamicImage::new_rgb8(width, 2);
    drawn.write_to(&mut bytes, ImageFormat::Png).unwrap();
    bytes.into_inner()
}

fn file(ctx: &Ctx, name: &str, bytes: Vec<u8>) -> FileSent {
    FileSent {
        id: ctx.new_id(),
        position: 0,
        field: "r.1".to_owned(),
        name: name.to_owned(),
        bytes,
    }
}

async fn send(ctx: &Ctx, attempt: AttemptId, name: &str, bytes: Vec<u8>) -> service::Result<AnswerFileId> {
    let sent = file(ctx, name, bytes);
    let id = sent.id;
    attempt::send_file(ctx, attempt, sent).await.map(|()| id)
}

async fn fields(ctx: &Ctx, attempt: AttemptId) -> Vec<(String, String)> {
    let sheet = attempt::open(ctx, attempt, Show::All).await.unwrap();
    sheet.questions[0].fields.clone()
}

/// How many of learners' files there are in the store.
async fn kept(world: &World) -> usize {
    let answers = format!("{}/answers", world.tenant).into();
    let store = &world.installation.files.0;
    store
        .list_with_delimiter(Some(&answers))
        .await
        .unwrap()
        .objects
        .len()
}

/// Does what waits to be done after that time.
async fn work(world: &World, after: Duration) {
    world.installation.pass(after);
    while job::run_due(&world.installation, 100).await.unwrap() > 0 {}
}

fn refused_at_file(result: service::Result<AnswerFileId>) -> String {
    match result {
        Err(Error::Invalid(errors)) => {
            let error = errors.iter().next().unwrap();
            assert_eq!(error.field, "file");
            error.code.clone()
        }
        other => panic!("{other:?}"),
    }
}

#[tokio::test]
async fn a_file_is_the_answer_as_soon_as_it_has_come_and_another_takes_its_place() {
    let world = World::new().await;
    let assessment = asks_for_a_file(&world).await;
    let learner = world.learner().await;
    let attempt = start(&learner, assessment).await.unwrap();
    let first = send(&learner, attempt, "Photo of Wren.png", picture(3))
        .await
        .unwrap();
    assert_eq!(
        fields(&learner, attempt).await,
        [("r.1".to_owned(), first.to_string())]
    );
    let second = send(&learner, attempt, "again.png", picture(4)).await.unwrap();
    assert_eq!(
        fields(&learner, attempt).await,
        [("r.1".to_owned(), second.to_string())]
    );
    work(&world, Duration::ZERO).await;
    assert_eq!(kept(&world).await, 1, "the first is gone");
    assert!(matches!(
        attempt::own_file(&learner, attempt, first).await,
        Err(Error::NotFound)
    ));

    attempt::remove_file(&learner, attempt, 0, "r.1").await.unwrap();
    assert_eq!(fields(&learner, attempt).await, []);
    work(&world, Duration::ZERO).await;
    assert_eq!(kept(&world).await, 0);
}

#[tokio::test]
async fn bytes_that_no_answer_has_are_removed_in_the_end() {
    let world = World::new().await;
    let assessment = asks_for_a_file(&world).await;
    let learner = world.learner().await;
    let attempt = start(&learner, assessment).await.unwrap();
    let sent = file(&learner, "one.png", picture(3));
    let (one, other) = tokio::join!(
        attempt::send_file(&learner, attempt, sent.clone()),
        attempt::send_file(&learner, attempt, sent),
    );
    one.unwrap();
    other.unwrap();
    work(&world, Duration::from_hours(2)).await;
    assert_eq!(kept(&world).await, 1);
    let id: AnswerFileId = fields(&learner, attempt).await[0].1.parse().unwrap();
    let own = attempt::own_file(&learner, attempt, id).await.unwrap();
    files::stream(&learner, &own, None).await.unwrap();
}

#[tokio::test]
async fn the_same_form_sent_twice_stores_one_file() {
    let world = World::new().await;
    let assessment = asks_for_a_file(&world).await;
    let learner = world.learner().await;
    let attempt = start(&learner, assessment).await.unwrap();
    let sent = file(&learner, "one.png", picture(3));
    attempt::send_file(&learner, attempt, sent.clone()).await.unwrap();
    attempt::send_file(&learner, attempt, sent).await.unwrap();
    assert_eq!(kept(&world).await, 1);
    let rows = world.look().await;
    assert_eq!(rows.rows::<answer_file::Entity>().count().await.unwrap(), 1);
}

#[tokio::test]
async fn a_file_of_another_learner_is_neither_taken_over_nor_lost_by_its_id() {
    let world = World::new().await;
    let assessment = asks_for_a_file(&world).await;
    let (learner, other) = (world.learner().await, world.learner().await);
    let theirs = start(&other, assessment).await.unwrap();
    let id = send(&other, theirs, "one.png", picture(3)).await.unwrap();
    let attempt = start(&learner, assessment).await.unwrap();
    for bytes in [picture(3), picture(4)] {
        let mut again = file(&learner, "one.png", bytes);
        again.id = id;
        let sent = attempt::send_file(&learner, attempt, again).await;
        assert!(matches!(sent, Err(Error::NotFound)), "{sent:?}");
    }
    work(&world, Duration::from_hours(2)).await;
    let kept = attempt::own_file(&other, theirs, id).await.unwrap();
    files::stream(&other, &kept, None).await.unwrap();
    assert_eq!(fields(&learner, attempt).await, []);
}

#[tokio::test]
async fn a_file_of_the_school_is_not_lost_by_sending_it_under_its_id() {
    let world = World::new().await;
    let assessment = asks_for_a_file(&world).await;
    let author = world.member(Role::Instructor).await;
    let bytes = b"%PDF-1.7\n1 0 obj << >> endobj".to_vec();
    let of_the_school = Upload {
        id: author.new_id(),
        name: "plan.pdf".to_owned(),
        bytes: bytes.clone(),
        audience: Audience::Members,
    };
    let theirs = files::upload(&author, of_the_school).await.unwrap();
    let learner = world.learner().await;
    let attempt = start(&learner, assessment).await.unwrap();
    let mut sent = file(&learner, "plan.pdf", bytes);
    sent.id = AnswerFileId(theirs.id.0);
    attempt::send_file(&learner, attempt, sent).await.unwrap();
    attempt::remove_file(&learner, attempt, 0, "r.1").await.unwrap();
    work(&world, Duration::from_hours(2)).await;
    let kept = files::open(&learner, theirs.id).await.unwrap();
    files::stream(&learner, &kept, None).await.unwrap();
}

#[tokio::test]
async fn what_was_not_asked_for_is_refused_with_why_and_leaves_nothing() {
    let world = World::new().await;
    let assessment = asks_for_a_file(&world).await;
    let learner = world.learner().await;
    let attempt = start(&learner, assessment).await.unwrap();
    for (name, bytes, why) in [
        ("empty.png", Vec::new(), "file-empty"),
        ("run.exe", b"MZ\x90\0".to_vec(), "file-kind"),
        ("words.txt", b"I can do it.".to_vec(), "answer-file-sort"),
        (
            "drawn.svg",
            b"<svg xmlns=\"http://www.w3.org/2000/svg\"><script>1</script></svg>".to_vec(),
            "file-kind",
        ),
        (
            "broken.png",
            b"\x89PNG\r\n\x1a\nbut no more".to_vec(),
            "file-not-readable",
        ),
    ] {
        let result = send(&learner, attempt, name, bytes).await;
        assert_eq!(refused_at_file(result), why, "{name}");
    }
    let mut elsewhere = file(&learner, "one.png", picture(3));
    elsewhere.field = "r.2".to_owned();
    let nowhere = attempt::send_file(&learner, attempt, elsewhere).await;
    assert!(matches!(nowhere, Err(Error::NotFound)));
    assert_eq!(kept(&world).await, 0);
    assert_eq!(fields(&learner, attempt).await, []);
}

#[tokio::test]
async fn which_file_an_answer_has_is_not_for_a_form_to_say() {
    let world = World::new().await;
    let assessment = asks_for_a_file(&world).await;
    let (learner, other) = (world.learner().await, world.learner().await);
    let theirs = start(&other, assessment).await.unwrap();
    let stolen = send(&other, theirs, "one.png", picture(3)).await.unwrap();
    let attempt = start(&learner, assessment).await.unwrap();
    let says = |file: String| [("r.1".to_owned(), file)];
    attempt::save(
        &learner,
        attempt,
        0,
        &says(stolen.to_string()),
        Saving::Deliberate(1),
    )
    .await
    .unwrap();
    assert_eq!(fields(&learner, attempt).await, []);

    // A page that was opened before the file came from a phone knows of none.
    let own = send(&learner, attempt, "two.png", picture(4)).await.unwrap();
    attempt::save(&learner, attempt, 0, &says(String::new()), Saving::Deliberate(2))
        .await
        .unwrap();
    assert_eq!(
        fields(&learner, attempt).await,
        [("r.1".to_owned(), own.to_string())]
    );
}

#[tokio::test]
async fn only_who_sent_it_and_who_marks_it_gets_a_file_and_the_marker_without_its_name() {
    let world = World::new().await;
    let assessment = asks_for_a_file(&world).await;
    let (learner, other) = (world.learner().await, world.learner().await);
    let attempt = start(&learner, assessment).await.unwrap();
    let id = send(&learner, attempt, "Wren Overbrook.png", picture(3))
        .await
        .unwrap();
    attempt::submit(&learner, attempt).await.unwrap();
    let own = attempt::own_file(&learner, attempt, id).await.unwrap();
    assert_eq!(own.file.name, "Wren-Overbrook.png");
    files::stream(&learner, &own, None).await.unwrap();
    let theirs = attempt::own_file(&other, attempt, id).await;
    assert!(matches!(theirs, Err(Error::NotFound)));

    let (marker, idle) = (
        world.member(Role::Assessor).await,
        world.member(Role::Assessor).await,
    );
    let piece: MarkingId = marking::claim_next(&marker, assessment).await.unwrap().unwrap();
    let opened = marking::open(&marker, piece).await.unwrap();
    assert_eq!((opened.works[0].file, opened.works[0].is_file), (Some(id), true));
    assert_eq!(opened.sent[0].name, "answer.png");
    assert_eq!(
        marking::file(&marker, piece, id).await.unwrap().file.name,
        "answer.png"
    );
    let unclaimed = marking::file(&idle, piece, id).await;
    assert!(matches!(unclaimed, Err(Error::NotFound)));
    let outside = add_tenant(&world.installation, "ridge").await;
    let outsider = join(&world.installation, outside, Role::Owner).await;
    let foreign = marking::file(&outsider, piece, id).await;
    assert!(matches!(foreign, Err(Error::NotFound)));

    let mark =
        serde_json::from_value(json!({ "R": { "levels": { "clear": "yes" }, "comment": "" } })).unwrap();
    marking::mark(&marker, piece, MarkingStage::First, mark)
        .await
        .unwrap();
    let result = attempt::result(&learner, attempt).await.unwrap();
    assert_eq!(result.state, AttemptState::Scored);
    assert_eq!(result.sent[0].name, "Wren-Overbrook.png");
}

#[tokio::test]
async fn nothing_is_sent_into_an_attempt_that_is_over() {
    let world = World::new().await;
    let assessment = asks_for_a_file(&world).await;
    let learner = world.learner().await;
    let attempt = start(&learner, assessment).await.unwrap();
    attempt::submit(&learner, attempt).await.unwrap();
    let late = send(&learner, attempt, "one.png", picture(3)).await;
    assert!(
        matches!(late, Err(Error::Refused("attempt-submitted"))),
        "{late:?}"
    );
    assert_eq!(kept(&world).await, 0);
}
