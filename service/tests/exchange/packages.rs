//! Packages of QTI, in and out.

use domain::{
    assessment::qti::{ChangeCode, Package, PackageProblem},
    id::ItemId,
    tenancy::Role,
};
use service::{
    Error,
    assessment::item::{self, ExchangeError, Outcome},
};

use sha2::{Digest, Sha256};
use uuid::Builder;

use crate::{
    bring, how_many, package, question,
    school::{School, faults},
    source, to,
};

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
async fn the_same_file_for_another_competency_is_another_draft() {
    let school = School::new().await;
    school.competency("RIV").await;
    let sea = school.competency("SEA").await;
    let author = school.somebody(Role::Instructor).await;
    let xml = question("a", "Where is it fastest?");
    let first = bring(&author, xml.as_bytes()).await;
    let Outcome::Imported { item: river, .. } = first[0].outcome else {
        panic!("{first:?}")
    };
    let there = item::import(&author, &to("SEA"), source(xml.as_bytes()))
        .await
        .unwrap();
    let Outcome::Imported { item: id, .. } = there[0].outcome else {
        panic!("{there:?}")
    };
    assert_eq!(item::load(&author, id).await.unwrap().content.competency, sea);
    for (competency, id) in [("RIV", river), ("SEA", id)] {
        let again = item::import(&author, &to(competency), source(xml.as_bytes()))
            .await
            .unwrap();
        assert_eq!(again[0].outcome, Outcome::AlreadyThere { item: id });
    }
    assert_eq!(how_many(&author).await, 2);
}

/// Under the id that it had when competencies did not matter.
#[tokio::test]
async fn what_an_earlier_version_brought_in_is_known_again_where_it_is() {
    let school = School::new().await;
    school.competency("RIV").await;
    school.competency("SEA").await;
    let author = school.somebody(Role::Instructor).await;
    let xml = question("a", "Where is it fastest?");
    let mut hash = Sha256::new_with_prefix(author.tenant().0.as_bytes());
    for part in [b"item".as_slice(), b"a", xml.as_bytes()] {
        hash.update((part.len() as u64).to_be_bytes());
        hash.update(part);
    }
    let mut bytes = [0; 16];
    bytes.copy_from_slice(&hash.finalize()[..16]);
    let earlier = ItemId(Builder::from_custom_bytes(bytes).into_uuid());
    let other = bring(&author, question("b", "Where is it slowest?").as_bytes()).await;
    let Outcome::Imported { item: other, .. } = other[0].outcome else {
        panic!("{other:?}")
    };
    let changed = item::load(&author, other).await.unwrap().content;
    item::create(&author, earlier, changed).await.unwrap();
    let again = bring(&author, xml.as_bytes()).await;
    assert_eq!(again[0].outcome, Outcome::AlreadyThere { item: earlier });
    let there = item::import(&author, &to("SEA"), source(xml.as_bytes()))
        .await
        .unwrap();
    assert!(matches!(there[0].outcome, Outcome::Imported { .. }), "{there:?}");
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
