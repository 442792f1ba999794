//! Items that come from other systems, and go to them.

#![expect(clippy::unwrap_used, reason = "a test that cannot be set up must fail")]

mod school;

use std::{collections::BTreeMap, sync::Arc};

use domain::{
    assessment::{
        Purpose,
        qti::{self, ChangeCode, Package, PackageProblem},
    },
    tenancy::Role,
};
use entity::assessment::refused_item;
use school::{School, faults};
use service::{
    Ctx, Error, Turn,
    assessment::item::{self, Destination, ExchangeError, Filter, Outcome, Report, Source},
};

const DRAWING: &str = r#"<svg xmlns="http://www.w3.org/2000/svg"><circle r="3"/></svg>"#;

fn question(identifier: &str, asked: &str) -> String {
    format!(
        r#"<assessmentItem xmlns="http://www.imsglobal.org/xsd/imsqti_v2p2" identifier="{identifier}"
        title="Bends" xml:lang="en" adaptive="false" timeDependent="false">
        <responseDeclaration identifier="RESPONSE" cardinality="single" baseType="identifier">
        <correctResponse><value>outer</value></correctResponse></responseDeclaration>
        <itemBody><choiceInteraction responseIdentifier="RESPONSE" maxChoices="1"><prompt>{asked}</prompt>
        <simpleChoice identifier="outer">At the outer bank</simpleChoice>
        <simpleChoice identifier="inner">At the inner bank</simpleChoice></choiceInteraction></itemBody>
        <responseProcessing template="http://www.imsglobal.org/question/qti_v2p1/rptemplates/match_correct"/>
        </assessmentItem>"#
    )
}

fn package(items: &[(&str, String)]) -> Vec<u8> {
    let items = items.iter().map(|(name, xml)| ((*name).to_owned(), xml.clone()));
    let files = BTreeMap::from([("bend.svg".to_owned(), DRAWING.as_bytes().to_vec())]);
    qti::pack(&items.collect(), &files).unwrap()
}

fn to(competency: &str) -> Destination {
    Destination {
        competency: competency.to_owned(),
        purpose: Purpose::Assessment,
        duplicates: false,
    }
}

fn source(bytes: &[u8]) -> Source<'_> {
    Source {
        name: "questions",
        bytes,
    }
}

async fn bring(ctx: &Ctx, bytes: &[u8]) -> Vec<Report> {
    item::import(ctx, &to("RIV"), source(bytes)).await.unwrap()
}

async fn how_many(ctx: &Ctx) -> u64 {
    item::list(ctx, &Filter::default(), Turn::First)
        .await
        .unwrap()
        .total
}

#[tokio::test]
async fn each_item_of_a_package_goes_its_own_way() {
    let school = School::new().await;
    school.competency("RIV").await;
    let author = school.somebody(Role::Instructor).await;
    let picture = r#"Where is it fastest? <img src="bend.svg" alt="A bend"/>"#;
    let bytes = package(&[
        ("a", question("a", picture)),
        ("b", question("b", "<u>Where</u> is it fastest?")),
        ("c", question("c", r#"<img src="../bend.svg" alt=""/>"#)),
        (
            "d",
            question("d", "Where?").replace("choiceInteraction", "drawingInteraction"),
        ),
    ]);
    let reports = bring(&author, &bytes).await;
    let [a, b, c, d] = reports.as_slice() else {
        panic!("{reports:?}")
    };
    let Outcome::Imported { item, changes } = &a.outcome else {
        panic!("{a:?}")
    };
    assert!(changes.is_empty());
    let Outcome::Imported { changes, .. } = &b.outcome else {
        panic!("{b:?}")
    };
    assert_eq!(changes[0].code, ChangeCode::FormattingDropped);
    for (report, code) in [(c, "unsupported-content"), (d, "unsupported-interaction")] {
        assert!(
            matches!(&report.outcome, Outcome::Refused { code: why, .. } if why == code),
            "{report:?}"
        );
    }
    let draft = item::load(&author, *item).await.unwrap().content;
    let files = item::files(&author, &draft.item).await.unwrap();
    assert_eq!(
        files.len(),
        1,
        "its picture is there under the name that it has here"
    );
    assert_eq!(how_many(&author).await, 2);
    item::publish(&author, *item, 1).await.unwrap();
}

#[tokio::test]
async fn a_picture_to_answer_in_travels_with_its_item() {
    let school = School::new().await;
    school.competency("RIV").await;
    let author = school.somebody(Role::Instructor).await;
    let xml = r#"<assessmentItem xmlns="http://www.imsglobal.org/xsd/imsqti_v2p2" identifier="a" title="Bends"
        xml:lang="en" adaptive="false" timeDependent="false">
        <responseDeclaration identifier="RESPONSE" cardinality="single" baseType="point">
        <areaMapping defaultValue="0"><areaMapEntry shape="circle" coords="30,30,10" mappedValue="1"/></areaMapping>
        </responseDeclaration><itemBody><selectPointInteraction responseIdentifier="RESPONSE" maxChoices="1">
        <prompt>Where is it fastest?</prompt>
        <object type="image/svg+xml" data="bend.svg" width="90" height="60">A bend from above.</object>
        </selectPointInteraction></itemBody>
        <responseProcessing template="http://www.imsglobal.org/question/qti_v2p1/rptemplates/map_response_point"/>
        </assessmentItem>"#;
    let reports = bring(&author, &package(&[("a", xml.to_owned())])).await;
    let Outcome::Imported { item: id, changes } = &reports[0].outcome else {
        panic!("{reports:?}")
    };
    assert_eq!(changes, &[]);
    item::publish(&author, *id, 1).await.unwrap();
    let draft = item::load(&author, *id).await.unwrap().content.item;
    let named = item::files(&author, &draft).await.unwrap();
    let name = named.keys().next().unwrap();
    assert!(name.ends_with("bend.svg"), "{name}");
    let out = item::export(&author, None).await.unwrap();
    let package = Package::open(&out).unwrap();
    let xml = String::from_utf8(package.item(&package.items[0]).unwrap()).unwrap();
    assert!(xml.contains(&format!("<img src=\"{name}\"")), "{xml}");
    assert!(package.file(name).is_ok());
}

#[tokio::test]
async fn the_same_file_twice_makes_no_second_draft() {
    let school = School::new().await;
    school.competency("RIV").await;
    let author = school.somebody(Role::Instructor).await;
    let xml = question("a", "Where is it fastest?");
    let first = bring(&author, xml.as_bytes()).await;
    let Outcome::Imported { item: id, .. } = first[0].outcome else {
        panic!("{first:?}")
    };
    let mut content = item::load(&author, id).await.unwrap().content;
    content.item.title = "Changed since".to_owned();
    item::save(&author, id, 1, content).await.unwrap();
    let again = bring(&author, xml.as_bytes()).await;
    assert_eq!(again[0].outcome, Outcome::AlreadyThere { item: id });
    let title = item::load(&author, id).await.unwrap().content.item.title;
    assert_eq!((how_many(&author).await, title.as_str()), (1, "Changed since"));
    let other = question("a", "Where is it slowest?");
    let other = bring(&author, other.as_bytes()).await;
    assert!(matches!(other[0].outcome, Outcome::Imported { .. }));
}

#[tokio::test]
async fn only_authors_bring_items_and_only_to_what_is_there() {
    let school = School::new().await;
    school.competency("RIV").await;
    let xml = question("a", "Where?");
    let learner = school.somebody(Role::Learner).await;
    let refused = item::import(&learner, &to("RIV"), source(xml.as_bytes())).await;
    assert!(matches!(refused, Err(ExchangeError::Service(Error::NotFound))));
    assert!(matches!(
        item::export(&learner, None).await,
        Err(ExchangeError::Service(Error::NotFound))
    ));
    let author = school.somebody(Role::Instructor).await;
    let Err(ExchangeError::Service(error)) = item::import(&author, &to("SEA"), source(xml.as_bytes())).await
    else {
        panic!()
    };
    let unknown = [("competency".to_owned(), "competency-unknown".to_owned())];
    assert_eq!(faults(Err::<(), _>(error)), unknown);
    let damaged = item::import(&author, &to("RIV"), source(b"PK\x03\x04nothing")).await;
    assert!(matches!(
        damaged,
        Err(ExchangeError::Package(PackageProblem::Damaged))
    ));
}

#[tokio::test]
async fn what_is_exported_is_taken_elsewhere_without_a_change() {
    let school = School::new().await;
    school.competency("RIV").await;
    let author = school.somebody(Role::Instructor).await;
    let picture = r#"Where is it fastest? <img src="bend.svg" alt="A bend"/>"#;
    bring(&author, &package(&[("a", question("a", picture))])).await;
    let exported = item::export(&author, None).await.unwrap();
    assert_eq!(Package::open(&exported).unwrap().items.len(), 1);
    let other = School::new().await;
    other.competency("RIV").await;
    let author = other.somebody(Role::Instructor).await;
    let reports = bring(&author, &exported).await;
    assert!(
        matches!(&reports[0].outcome, Outcome::Imported { changes, .. } if changes.is_empty()),
        "{reports:?}"
    );
}

/// A question bank of Moodle, of questions by kind and name.
fn bank(questions: &[(&str, &str)]) -> String {
    let question = |(kind, name): &(&str, &str)| {
        format!(
            "<question type=\"{kind}\">\n<name><text>{name}</text></name>\
             <questiontext format=\"html\"><text><![CDATA[<p>Is {name} fast?</p>\
             <img src=\"@@PLUGINFILE@@/bend.svg\" alt=\"A bend\">]]></text>\
             <file name=\"bend.svg\" path=\"/\" encoding=\"base64\">{}</file></questiontext>\
             <answer fraction=\"100\"><text>true</text></answer>\
             <answer fraction=\"0\"><text>false</text></answer></question>\n",
            "PHN2ZyB4bWxucz0iaHR0cDovL3d3dy53My5vcmcvMjAwMC9zdmciPjxjaXJjbGUgcj0iMyIvPjwvc3ZnPg=="
        )
    };
    let questions: String = questions.iter().map(question).collect();
    let category = "<question type=\"category\"><category><text>top/Rivers</text></category></question>\n";
    format!("<?xml version=\"1.0\"?>\n<quiz>\n{category}{questions}</quiz>")
}

fn refused_as(report: &Report) -> (&str, u32) {
    match &report.outcome {
        Outcome::Refused { code, place, .. } => (code, place.line),
        other => panic!("{other:?}"),
    }
}

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

/// A bank out of a Common Cartridge, of questions by kind and name.
fn cartridge(questions: &[(&str, &str)]) -> Vec<u8> {
    let question = |(kind, name): &(&str, &str)| {
        format!(
            "<item ident=\"{name}\">\n<presentation><material><mattext texttype=\"text/html\">Is {name} fast? \
             &lt;img src=\"$IMS-CC-FILEBASE$/bend.svg\" alt=\"A bend\"></mattext></material>\
             <{kind} ident=\"R\"><render_choice>\
             <response_label ident=\"y\"><material><mattext>Yes</mattext></material></response_label>\
             <response_label ident=\"n\"><material><mattext>No</mattext></material></response_label>\
             </render_choice></{kind}></presentation><resprocessing><respcondition><conditionvar>\
             <varequal respident=\"R\">y</varequal></conditionvar><setvar>100</setvar></respcondition>\
             </resprocessing></item>\n"
        )
    };
    let questions: String = questions.iter().map(question).collect();
    let bank = format!("<questestinterop><objectbank>\n{questions}</objectbank></questestinterop>");
    // What a package is listed as does not matter: what it holds says what it is.
    let items = BTreeMap::from([("banks/rivers".to_owned(), bank)]);
    let files = BTreeMap::from([("web_resources/bend.svg".to_owned(), DRAWING.as_bytes().to_vec())]);
    qti::pack(&items, &files).unwrap()
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
    tx.change::<refused_item::Entity>()
        .set(refused_item::Column::Source, qti::pack(&items, &files).unwrap())
        .apply()
        .await
        .unwrap();
    tx.commit().await.unwrap();
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
    let same = question("b", "Where  is it FASTEST?")
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
