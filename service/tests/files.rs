//! Files that authors bring and learners get.

use domain::tenancy::Role;
use service::{
    Ctx, Error, Result,
    files::{Audience, File, PictureSize, Upload, list, open, picture_size, pictures, stream, upload},
    testing::{School, faults},
};

const DRAWING: &[u8] = br#"<svg xmlns="http://www.w3.org/2000/svg"><script>x</script><circle r="3"/></svg>"#;

async fn bring(ctx: &Ctx, name: &str, audience: Audience, bytes: &[u8]) -> Result<File> {
    let one = Upload {
        id: ctx.new_id(),
        name: name.to_owned(),
        audience,
        bytes: bytes.to_vec(),
    };
    upload(ctx, one).await
}

#[tokio::test]
async fn a_file_comes_back_as_what_its_bytes_are() {
    let school = School::new().await;
    let author = school.somebody(Role::Instructor).await;
    let learner = school.somebody(Role::Learner).await;
    let stored = bring(&author, "images/dot.png", Audience::Members, DRAWING)
        .await
        .unwrap();
    assert_eq!(
        (stored.name.as_str(), stored.media_type.as_str()),
        ("images/dot.svg", "image/svg+xml")
    );
    let download = open(&learner, stored.id).await.unwrap();
    let whole = stream(&learner, &download, None)
        .await
        .unwrap()
        .bytes()
        .await
        .unwrap();
    let drawn = br#"<svg xmlns="http://www.w3.org/2000/svg"><circle r="3"></circle></svg>"#;
    assert_eq!(&whole[..], drawn);
    let part = stream(&learner, &download, Some(1..4)).await.unwrap();
    assert_eq!(&part.bytes().await.unwrap()[..], b"svg");
    assert_eq!(list(&author, 1).await.unwrap().rows, [stored]);
}

#[tokio::test]
async fn an_author_finds_the_tenants_pictures_and_how_large_they_are() {
    let school = School::new().await;
    let author = school.somebody(Role::Instructor).await;
    let drawing = br#"<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 64 48"/>"#;
    let map = bring(&author, "map.svg", Audience::Members, drawing)
        .await
        .unwrap();
    bring(&author, "notes.txt", Audience::Members, b"Notes")
        .await
        .unwrap();
    let found = pictures(&author).await.unwrap();
    assert_eq!(
        found.into_iter().collect::<Vec<_>>(),
        [("map.svg".to_owned(), map.id)]
    );
    let size = PictureSize {
        width: 64,
        height: 48,
    };
    assert_eq!(picture_size(&author, "map.svg").await.unwrap(), Some(size));
    for none in ["notes.txt", "other.svg", ""] {
        assert_eq!(picture_size(&author, none).await.unwrap(), None, "{none}");
    }
    let learner = school.somebody(Role::Learner).await;
    assert!(matches!(pictures(&learner).await, Err(Error::NotFound)));
    assert!(matches!(
        picture_size(&learner, "map.svg").await,
        Err(Error::NotFound)
    ));
    let stranger = school.stranger(Role::Instructor).await;
    assert!(pictures(&stranger).await.unwrap().is_empty());
    assert_eq!(picture_size(&stranger, "map.svg").await.unwrap(), None);
}

#[tokio::test]
async fn what_cannot_be_taken_is_said_at_its_field() {
    let school = School::new().await;
    let author = school.somebody(Role::Instructor).await;
    bring(&author, "notes.txt", Audience::Members, b"Notes")
        .await
        .unwrap();
    for (name, bytes, field, code) in [
        ("x", &b""[..], "file", "file-empty"),
        ("x.png", b"MZ\x90\0program", "file", "file-kind"),
        (
            "x.png",
            b"\x89PNG\r\n\x1a\nno picture",
            "file",
            "file-not-readable",
        ),
        ("../x", b"text", "name", "file-name-character"),
        ("notes.txt", b"Other notes", "name", "file-name-taken"),
    ] {
        assert_eq!(
            faults(bring(&author, name, Audience::Members, bytes).await),
            [(field.to_owned(), code.to_owned())]
        );
    }
    let long = "x".repeat(2 << 20);
    assert_eq!(
        faults(bring(&author, "long.txt", Audience::Members, long.as_bytes()).await),
        [("file".to_owned(), "file-too-large".to_owned())]
    );
    assert_eq!(list(&author, 1).await.unwrap().total, 1);
}

#[tokio::test]
async fn a_form_sent_twice_stores_one() {
    let school = School::new().await;
    let author = school.somebody(Role::Instructor).await;
    let one = Upload {
        id: author.new_id(),
        name: "notes.txt".to_owned(),
        audience: Audience::Members,
        bytes: b"Notes".to_vec(),
    };
    let first = upload(&author, one.clone()).await.unwrap();
    assert_eq!(upload(&author, one).await.unwrap(), first);
    assert_eq!(list(&author, 1).await.unwrap().total, 1);
}

#[tokio::test]
async fn a_form_sent_again_and_again_at_once_leaves_a_file_that_is_there() {
    let school = School::new().await;
    let author = school.somebody(Role::Instructor).await;
    let one = Upload {
        id: author.new_id(),
        name: "notes.txt".to_owned(),
        audience: Audience::Members,
        bytes: b"Notes".to_vec(),
    };
    let sendings: Vec<_> = (0..8)
        .map(|_| {
            let (author, one) = (author.clone(), one.clone());
            tokio::spawn(async move { upload(&author, one).await })
        })
        .collect();
    for sent in sendings {
        assert_eq!(sent.await.unwrap().unwrap().id, one.id);
    }
    let download = open(&author, one.id).await.unwrap();
    let stored = stream(&author, &download, None).await.unwrap();
    assert_eq!(&stored.bytes().await.unwrap()[..], b"Notes");
}

#[tokio::test]
async fn of_two_forms_with_one_id_sent_at_once_the_file_is_what_its_row_says() {
    let school = School::new().await;
    let author = school.somebody(Role::Instructor).await;
    let id = author.new_id();
    let sendings: Vec<_> = (0..8)
        .map(|number| {
            let one = Upload {
                id,
                name: format!("notes-{number}.txt"),
                audience: Audience::Members,
                bytes: format!("Notes {number}").into_bytes(),
            };
            let author = author.clone();
            tokio::spawn(async move { upload(&author, one).await })
        })
        .collect();
    for sent in sendings {
        assert_eq!(sent.await.unwrap().unwrap().id, id);
    }
    let download = open(&author, id).await.unwrap();
    let stored = stream(&author, &download, None)
        .await
        .unwrap()
        .bytes()
        .await
        .unwrap();
    let number = download
        .file
        .name
        .trim_start_matches("notes-")
        .trim_end_matches(".txt");
    assert_eq!(&stored[..], format!("Notes {number}").as_bytes());
}

#[tokio::test]
async fn members_see_files_and_others_only_public_ones() {
    let school = School::new().await;
    let author = school.somebody(Role::Instructor).await;
    let inside = bring(&author, "inside.txt", Audience::Members, b"in")
        .await
        .unwrap();
    let outside = bring(&author, "outside.txt", Audience::Everyone, b"out")
        .await
        .unwrap();
    let visitor = school.visitor();
    assert!(matches!(open(&visitor, inside.id).await, Err(Error::NotFound)));
    assert!(open(&visitor, outside.id).await.is_ok());
    let stranger = school.stranger(Role::Owner).await;
    for file in [inside.id, outside.id] {
        assert!(matches!(open(&stranger, file).await, Err(Error::NotFound)));
    }
    let learner = school.somebody(Role::Learner).await;
    assert!(matches!(
        bring(&learner, "mine.txt", Audience::Members, b"x").await,
        Err(Error::NotFound)
    ));
}
