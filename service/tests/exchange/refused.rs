//! What was refused, kept to be tried again.

use std::{collections::BTreeMap, sync::Arc};

use domain::{assessment::qti, tenancy::Role};
use entity::assessment::refused_item;
use service::{
    Ctx, Error,
    assessment::item::{self, ExchangeError, Outcome},
};

use crate::{DRAWING, bring, how_many, keep_instead, package, question, school::School, to};

#[tokio::test]
async fn what_was_refused_is_kept_with_its_files_until_it_is_taken_or_forgotten() {
    let school = School::new().await;
    let riv = school.competency("RIV").await;
    let author = school.somebody(Role::Instructor).await;
    // Its picture is of a kind that another version may know.
    let picture = r#"Where? <img src="bend.svg" alt="A bend"/>"#;
    let items = BTreeMap::from([("a".to_owned(), question("a", picture))]);
    let files = BTreeMap::from([("bend.svg".to_owned(), vec![0, 159, 146])]);
    let bytes = qti::pack(&items, &files).unwrap();
    for _ in 0..2 {
        let reports = bring(&author, &bytes).await;
        assert!(
            matches!(&reports[0].outcome, Outcome::Refused { kept: Some(_), .. }),
            "{reports:?}"
        );
    }
    let kept = item::refused(&author, 1).await.unwrap();
    assert_eq!(kept.total, 1, "refused twice, it is kept once");
    let row = &kept.rows[0];
    assert_eq!(
        (row.file_name.as_str(), row.identifier.as_str()),
        ("questions", "a")
    );

    let again = item::retry(&author, row.id, &to("RIV")).await.unwrap();
    assert!(matches!(again.outcome, Outcome::Refused { .. }), "{again:?}");
    assert_eq!(item::refused_one(&author, row.id).await.unwrap(), *row);

    // As if this version could do what the one before could not.
    let whole = package(&[("a", question("a", picture))]);
    let tx = author.write().await.unwrap();
    tx.change::<refused_item::Entity>()
        .set(refused_item::Column::Source, whole)
        .apply()
        .await
        .unwrap();
    tx.commit().await.unwrap();
    let done = item::retry(&author, row.id, &to("RIV")).await.unwrap();
    let Outcome::Imported { item: id, .. } = done.outcome else {
        panic!("{done:?}")
    };
    assert_eq!(item::load(&author, id).await.unwrap().content.competency, riv);
    assert_eq!(item::refused(&author, 1).await.unwrap().total, 0);
    let twice = item::retry(&author, row.id, &to("RIV")).await;
    assert!(matches!(twice, Err(ExchangeError::Service(Error::NotFound))));
    assert_eq!(how_many(&author).await, 1);
}

#[tokio::test]
async fn a_refused_question_is_its_tenants_authors_and_none_is_kept_that_is_too_large() {
    let school = School::new().await;
    school.competency("RIV").await;
    let author = school.somebody(Role::Instructor).await;
    let drawing =
        |identifier: &str| question(identifier, "Where?").replace("choiceInteraction", "drawingInteraction");
    bring(&author, drawing("a").as_bytes()).await;
    let row = item::refused(&author, 1).await.unwrap().rows.remove(0);
    assert_eq!(
        (row.code.as_str(), row.place.line),
        ("unsupported-interaction", 5)
    );
    let large = drawing("b").replace(
        "</itemBody>",
        &format!("<!--{}--></itemBody>", "x".repeat(item::MOST_BYTES)),
    );
    let reports = bring(&author, large.as_bytes()).await;
    assert!(
        matches!(&reports[0].outcome, Outcome::Refused { kept: None, .. }),
        "{reports:?}"
    );

    let learner = school.somebody(Role::Learner).await;
    let next_door = Ctx::new(
        Arc::clone(&school.cairn),
        school.cairn.new_id(),
        author.actor().clone(),
    );
    for other in [&learner, &next_door] {
        let seen = item::refused_one(other, row.id).await;
        assert!(matches!(seen, Err(Error::NotFound)));
        let tried = item::retry(other, row.id, &to("RIV")).await;
        assert!(matches!(tried, Err(ExchangeError::Service(Error::NotFound))));
        assert!(matches!(item::forget(other, row.id).await, Err(Error::NotFound)));
    }
    assert_eq!(item::refused(&next_door, 1).await.unwrap().total, 0);
    item::forget(&author, row.id).await.unwrap();
    assert!(matches!(
        item::forget(&author, row.id).await,
        Err(Error::NotFound)
    ));
    let owner = school.somebody(Role::Owner).await;
    let noted = service::audit::list(&owner, 1).await.unwrap().rows;
    assert!(noted.iter().any(|entry| entry.action == "refused-item-forgotten"));
}

#[tokio::test]
async fn what_was_refused_waits_no_longer_once_its_file_brought_it_in() {
    let school = School::new().await;
    school.competency("RIV").await;
    let author = school.somebody(Role::Instructor).await;
    let picture = r#"Where? <img src="bend.svg" alt="A bend"/>"#;
    let asked = question("a", picture);
    let items = BTreeMap::from([("a".to_owned(), asked.clone())]);
    let broken = |bytes: &[u8]| {
        let files = BTreeMap::from([("bend.svg".to_owned(), bytes.to_vec())]);
        qti::pack(&items, &files).unwrap()
    };
    for bytes in [[0, 159, 146], [0, 159, 147]] {
        bring(&author, &broken(&bytes)).await;
    }
    let kept = item::refused(&author, 1).await.unwrap();
    assert_eq!(kept.total, 1, "with another picture it is the same question");
    bring(
        &author,
        question("b", "Where?")
            .replace("choiceInteraction", "drawingInteraction")
            .as_bytes(),
    )
    .await;
    assert_eq!(item::refused(&author, 1).await.unwrap().total, 2);

    // The picture was put right.
    let reports = bring(&author, &package(&[("a", asked)])).await;
    assert!(
        matches!(reports[0].outcome, Outcome::Imported { .. }),
        "{reports:?}"
    );
    let left = item::refused(&author, 1).await.unwrap();
    let why: Vec<_> = left.rows.iter().map(|row| row.code.as_str()).collect();
    assert_eq!(why, ["unsupported-interaction"], "the other one waits on");
    let owner = school.somebody(Role::Owner).await;
    let noted = service::audit::list(&owner, 1).await.unwrap().rows;
    assert!(noted.iter().any(|entry| entry.action == "refused-item-taken"));
}

#[tokio::test]
async fn what_was_refused_in_a_folder_of_any_name_is_tried_again_with_its_files() {
    let school = School::new().await;
    school.competency("RIV").await;
    let author = school.somebody(Role::Instructor).await;
    let folder = "50% & more #1?";
    let asked = question("a", r#"Where? <img src="be%20nd%231.svg" alt="A bend"/>"#);
    let items = BTreeMap::from([(
        format!("{folder}/a"),
        asked.replace("choiceInteraction", "drawingInteraction"),
    )]);
    let files = BTreeMap::from([(format!("{folder}/be nd#1.svg"), DRAWING.as_bytes().to_vec())]);
    bring(&author, &qti::pack(&items, &files).unwrap()).await;
    let row = item::refused(&author, 1).await.unwrap().rows.remove(0);
    assert_eq!(row.code, "unsupported-interaction");
    let again = item::retry(&author, row.id, &to("RIV")).await.unwrap();
    assert!(matches!(again.outcome, Outcome::Refused { .. }), "{again:?}");

    // As if this version could do what the one before could not.
    let tx = author.write().await.unwrap();
    let kept = tx.rows::<refused_item::Entity>().one().await.unwrap().unwrap();
    let package = qti::Package::open(&kept.source).unwrap();
    assert_eq!(package.items[0].path, format!("{folder}/a.xml"));
    let picture = package.file(&format!("{folder}/be nd#1.svg")).unwrap();
    let items = BTreeMap::from([(format!("{folder}/a"), asked)]);
    let files = BTreeMap::from([(format!("{folder}/be nd#1.svg"), picture)]);
    keep_instead(tx, qti::pack(&items, &files).unwrap()).await;
    let done = item::retry(&author, row.id, &to("RIV")).await.unwrap();
    assert!(matches!(done.outcome, Outcome::Imported { .. }), "{done:?}");
    assert_eq!(item::refused(&author, 1).await.unwrap().total, 0);
}
