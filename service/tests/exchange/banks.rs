//! Question banks of other systems.

use std::collections::BTreeMap;

use domain::{assessment::qti, tenancy::Role};
use entity::assessment::refused_item;
use service::{
    Turn,
    assessment::item::{self, Destination, Filter, Outcome},
};

use crate::{
    DRAWING, bank, bring, cartridge, how_many, keep_instead, question, refused_as, school::School, source, to,
};

#[tokio::test]
async fn a_bank_of_moodle_comes_in_with_its_pictures_and_categories() {
    let school = School::new().await;
    school.competency("RIV").await;
    let author = school.somebody(Role::Instructor).await;
    let xml = bank(&[
        ("truefalse", "the bend"),
        ("ddmarker", "the ford"),
        ("truefalse", "the weir"),
    ]);
    let reports = bring(&author, xml.as_bytes()).await;
    let names: Vec<_> = reports.iter().map(|it| it.identifier.as_str()).collect();
    assert_eq!(names, ["the bend", "the ford", "the weir"]);
    assert!(reports.iter().all(|report| report.category == "top/Rivers"));
    assert_eq!(refused_as(&reports[1]), ("unsupported-interaction", 6));
    let Outcome::Imported { item: id, changes } = &reports[0].outcome else {
        panic!("{reports:?}")
    };
    assert_eq!(changes, &[]);
    let draft = item::load(&author, *id).await.unwrap().content.item;
    let pictures = item::files(&author, &draft).await.unwrap();
    assert!(
        pictures.keys().next().unwrap().ends_with("bend.svg"),
        "{pictures:?}"
    );
    item::publish(&author, *id, 1).await.unwrap();
    let again = bring(&author, xml.as_bytes()).await;
    assert_eq!(again[0].outcome, Outcome::AlreadyThere { item: *id });
    assert_eq!(how_many(&author).await, 2);
    let files = service::files::list(&author, 1).await.unwrap();
    assert_eq!(files.total, 1, "the same picture is one");
}

#[tokio::test]
async fn a_bank_of_a_cartridge_comes_in_with_its_pictures_and_keeps_them_for_what_is_refused() {
    let school = School::new().await;
    school.competency("RIV").await;
    let author = school.somebody(Role::Instructor).await;
    let bytes = cartridge(&[("response_lid", "the bend"), ("response_xy", "the ford")]);
    let reports = bring(&author, &bytes).await;
    let Outcome::Imported { item: id, changes } = &reports[0].outcome else {
        panic!("{reports:?}")
    };
    assert_eq!(changes, &[]);
    let draft = item::load(&author, *id).await.unwrap().content.item;
    assert_eq!(item::files(&author, &draft).await.unwrap().len(), 1);
    item::publish(&author, *id, 1).await.unwrap();
    assert_eq!(refused_as(&reports[1]), ("unsupported-interaction", 5));
    let again = bring(&author, &bytes).await;
    assert_eq!(again[0].outcome, Outcome::AlreadyThere { item: *id });

    let row = item::refused(&author, 1).await.unwrap().rows.remove(0);
    let again = item::retry(&author, row.id, &to("RIV")).await.unwrap();
    assert_eq!(
        refused_as(&again),
        ("unsupported-interaction", 5),
        "where it stands in the file that it came in"
    );
    assert_eq!(item::refused(&author, 1).await.unwrap().total, 1);
    assert_eq!(item::refused_one(&author, row.id).await.unwrap(), row);
    // As if this version could do what the one before could not.
    let tx = author.write().await.unwrap();
    let kept = tx.rows::<refused_item::Entity>().one().await.unwrap().unwrap();
    let package = qti::Package::open(&kept.source).unwrap();
    let xml = String::from_utf8(package.item(&package.items[0]).unwrap()).unwrap();
    let picture = package.file("web_resources/bend.svg").unwrap();
    let items = BTreeMap::from([(
        "banks/rivers".to_owned(),
        xml.replace("response_xy", "response_lid"),
    )]);
    let files = BTreeMap::from([("web_resources/bend.svg".to_owned(), picture)]);
    keep_instead(tx, qti::pack(&items, &files).unwrap()).await;
    let done = item::retry(&author, row.id, &to("RIV")).await.unwrap();
    assert!(matches!(done.outcome, Outcome::Imported { .. }), "{done:?}");
    assert_eq!(how_many(&author).await, 2);
}

#[tokio::test]
async fn tags_of_a_bank_find_its_questions_here() {
    let school = School::new().await;
    school.competency("RIV").await;
    let author = school.somebody(Role::Instructor).await;
    let tags = "<tags><tag><text>Flood</text></tag></tags></question>";
    let xml = bank(&[("truefalse", "the bend")]).replace(
        "<answer fraction=\"0\"><text>false</text></answer></question>",
        &format!("<answer fraction=\"0\"><text>false</text></answer>{tags}"),
    );
    bring(&author, xml.as_bytes()).await;
    let filter = Filter {
        tag: "flood".parse().ok(),
        ..Filter::default()
    };
    let found = item::list(&author, &filter, Turn::First).await.unwrap();
    assert_eq!(found.total, 1);
}

#[tokio::test]
async fn a_question_that_names_more_files_than_any_needs_is_refused() {
    let school = School::new().await;
    school.competency("RIV").await;
    let author = school.somebody(Role::Instructor).await;
    let named: String = (0..51)
        .map(|index| format!(r#"<img src="{index}.svg" alt="A bend"/>"#))
        .collect();
    let items = BTreeMap::from([("a".to_owned(), question("a", &named))]);
    let file = |index| (format!("{index}.svg"), DRAWING.as_bytes().to_vec());
    let bytes = qti::pack(&items, &(0..51).map(file).collect()).unwrap();
    let reports = bring(&author, &bytes).await;
    assert_eq!(refused_as(&reports[0]), ("too-large", 0));
    assert_eq!(service::files::list(&author, 1).await.unwrap().total, 0);
}

#[tokio::test]
async fn what_is_asked_already_is_not_asked_a_second_time_unless_that_is_wanted() {
    let school = School::new().await;
    school.competency("RIV").await;
    school.competency("SEA").await;
    let author = school.somebody(Role::Instructor).await;
    let first = question("a", "Where is it fastest?");
    let reports = bring(&author, first.as_bytes()).await;
    let Outcome::Imported { item: id, .. } = reports[0].outcome else {
        panic!("{reports:?}")
    };
    // Under another name, with other names for its choices and in another order.
    let same = question("b", "Where  is it fastest?")
        .replace("outer\"", "x\"")
        .replace(">outer<", ">x<");
    let reports = bring(&author, same.as_bytes()).await;
    assert_eq!(reports[0].outcome, Outcome::Duplicate { item: id });
    let other_key = question("c", "Where is it fastest?").replace("<value>outer<", "<value>inner<");
    let reports = bring(&author, other_key.as_bytes()).await;
    assert!(
        matches!(reports[0].outcome, Outcome::Imported { .. }),
        "{reports:?}"
    );
    let elsewhere = item::import(&author, &to("SEA"), source(same.as_bytes()))
        .await
        .unwrap();
    assert!(
        matches!(elsewhere[0].outcome, Outcome::Imported { .. }),
        "{elsewhere:?}"
    );
    let wanted = Destination {
        duplicates: true,
        ..to("RIV")
    };
    let another = question("d", "Where is it fastest?");
    let reports = item::import(&author, &wanted, source(another.as_bytes()))
        .await
        .unwrap();
    assert!(
        matches!(reports[0].outcome, Outcome::Imported { .. }),
        "{reports:?}"
    );
    assert_eq!(how_many(&author).await, 4);
}
