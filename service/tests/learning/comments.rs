//! Comments that assessors keep.

use domain::{id::SavedCommentId, tenancy::Role};
use service::{
    Ctx, Error,
    assessment::marking::{
        LONGEST_COMMENT, MOST_COMMENTS, change_comment, comments, keep_comment, remove_comment,
    },
};

use crate::world::{World, add_tenant, join};

async fn texts(ctx: &Ctx, sought: &str) -> Vec<String> {
    let found = comments(ctx, sought).await.unwrap();
    found.into_iter().map(|comment| comment.text).collect()
}

async fn keep(ctx: &Ctx, text: &str) -> SavedCommentId {
    let id = ctx.new_id();
    keep_comment(ctx, id, text).await.unwrap();
    id
}

fn code(result: service::Result<()>) -> String {
    let Err(Error::Invalid(errors)) = result else {
        panic!("{result:?}")
    };
    errors.iter().next().unwrap().code.clone()
}

#[tokio::test]
async fn a_comment_is_kept_once_and_found_by_what_it_says() {
    let world = World::new().await;
    let assessor = world.member(Role::Assessor).await;
    let id = keep(&assessor, " Say which r\u{ed}ver.\r\n").await;
    keep_comment(&assessor, id, "Another text").await.unwrap();
    keep(&assessor, "Say which r\u{ed}ver.").await;
    keep(&assessor, "Give a figure.").await;
    assert_eq!(
        texts(&assessor, "").await,
        ["Give a figure.", "Say which r\u{ed}ver."]
    );
    assert_eq!(texts(&assessor, "R\u{cd}VER").await, ["Say which r\u{ed}ver."]);
    assert!(texts(&assessor, "lake").await.is_empty());
    change_comment(&assessor, id, "Say which one.").await.unwrap();
    assert_eq!(texts(&assessor, "").await, ["Give a figure.", "Say which one."]);
    remove_comment(&assessor, id).await.unwrap();
    remove_comment(&assessor, id).await.unwrap();
    assert_eq!(texts(&assessor, "").await, ["Give a figure."]);
}

#[tokio::test]
async fn a_tab_keeps_words_apart_and_other_control_characters_go() {
    let world = World::new().await;
    let assessor = world.member(Role::Assessor).await;
    keep(&assessor, "One\ttwo\u{7}.\nThree.").await;
    assert_eq!(texts(&assessor, "").await, ["One two.\nThree."]);
}

#[tokio::test]
async fn comments_kept_at_once_are_kept_one_after_another() {
    let world = World::new().await;
    let assessor = world.member(Role::Assessor).await;
    for number in 1..MOST_COMMENTS {
        keep(&assessor, &number.to_string()).await;
    }
    let (one, two) = tokio::join!(
        keep_comment(&assessor, assessor.new_id(), "One."),
        keep_comment(&assessor, assessor.new_id(), "Two."),
    );
    assert!(one.is_ok() != two.is_ok(), "there was room for one");
    assert_eq!(texts(&assessor, "").await.len(), MOST_COMMENTS);
}

#[tokio::test]
async fn comments_are_one_persons_in_one_tenant() {
    let world = World::new().await;
    let assessor = world.member(Role::Assessor).await;
    let id = keep(&assessor, "Mine.").await;
    let elsewhere = add_tenant(&world.installation, "ridge").await;
    let neighbour = join(&world.installation, elsewhere, Role::Owner).await;
    for other in [world.member(Role::Owner).await, neighbour] {
        assert!(texts(&other, "").await.is_empty());
        assert!(matches!(
            change_comment(&other, id, "Theirs.").await,
            Err(Error::NotFound)
        ));
        remove_comment(&other, id).await.unwrap();
        keep(&other, "Mine.").await;
    }
    assert_eq!(texts(&assessor, "").await, ["Mine."]);
    let learner = world.learner().await;
    assert!(matches!(comments(&learner, "").await, Err(Error::NotFound)));
    let refused = keep_comment(&learner, learner.new_id(), "No.").await;
    assert!(matches!(refused, Err(Error::NotFound)));
}

#[tokio::test]
async fn comments_have_bounds() {
    let world = World::new().await;
    let assessor = world.member(Role::Assessor).await;
    let id = assessor.new_id();
    assert_eq!(code(keep_comment(&assessor, id, " \n").await), "comment-empty");
    let long = "x".repeat(LONGEST_COMMENT + 1);
    assert_eq!(code(keep_comment(&assessor, id, &long).await), "comment-too-long");
    for number in 0..MOST_COMMENTS {
        keep(&assessor, &number.to_string()).await;
    }
    assert_eq!(
        code(keep_comment(&assessor, id, "More.").await),
        "too-many-comments"
    );
    assert_eq!(texts(&assessor, "").await.len(), MOST_COMMENTS);
}
