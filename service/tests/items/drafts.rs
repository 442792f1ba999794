//! Items: drafts, versions, and finding them.

use domain::{
    Seed,
    assessment::{ItemKind, Purpose, Verdict},
    id::{CompetencyId, ItemId},
    tenancy::Role,
};
use serde_json::json;
use service::{
    Ctx, Error, Turn,
    assessment::item::{self, Filter},
    draft::Stage,
};

use crate::{
    published, question,
    school::{School, faults},
};

#[tokio::test]
async fn an_item_made_twice_is_one_and_published_twice_is_one_version() {
    let school = School::new().await;
    let author = school.somebody(Role::Instructor).await;
    let bends = school.competency("RIV.1").await;
    let id: ItemId = author.new_id();
    for _ in 0..2 {
        item::create(&author, id, question(bends, "Bend")).await.unwrap();
    }
    let all = item::list(&author, &Filter::default(), Turn::First)
        .await
        .unwrap();
    assert_eq!((all.total, all.rows[0].stage), (1, Stage::Draft));

    let first = item::publish(&author, id, 1).await.unwrap();
    assert_eq!(item::publish(&author, id, 1).await.unwrap(), first);
    let draft = item::load(&author, id).await.unwrap();
    let in_force = draft.published.unwrap();
    assert_eq!(
        (in_force.version, in_force.number, in_force.outdated),
        (first, 1, false)
    );
}

#[tokio::test]
async fn an_item_whose_variants_fail_is_not_published() {
    let school = School::new().await;
    let author = school.somebody(Role::Instructor).await;
    let bends = school.competency("RIV.1").await;
    let mut content = question(bends, "Bend");
    let set = |max: u8| {
        let value = json!({ "randomInteger": { "min": 1, "max": max, "step": 1 } });
        json!([{ "do": { "setTemplateValue": { "identifier": "a", "value": value } } }])
    };
    let variable = json!({ "identifier": "a", "cardinality": "single", "baseType": "integer" });
    content.item.template =
        serde_json::from_value(json!({ "variables": [variable], "rules": set(0) })).unwrap();
    let id: ItemId = author.new_id();
    item::create(&author, id, content.clone()).await.unwrap();
    let refused = faults(item::publish(&author, id, 1).await);
    assert_eq!(
        refused,
        [("template".to_owned(), "document-variant-no-value".to_owned())]
    );
    content.item.template =
        serde_json::from_value(json!({ "variables": [variable], "rules": set(9) })).unwrap();
    item::save(&author, id, 1, content).await.unwrap();
    item::publish(&author, id, 2).await.unwrap();
}

#[tokio::test]
async fn a_published_version_stays_when_the_draft_changes() {
    let school = School::new().await;
    let author = school.somebody(Role::Instructor).await;
    let bends = school.competency("RIV.1").await;
    let id: ItemId = author.new_id();
    item::create(&author, id, question(bends, "Bend")).await.unwrap();
    let first = item::publish(&author, id, 1).await.unwrap();

    assert_eq!(
        item::save(&author, id, 1, question(bends, "Meander"))
            .await
            .unwrap(),
        2
    );
    let draft = item::load(&author, id).await.unwrap();
    let in_force = draft.published.unwrap();
    assert_eq!((in_force.version, in_force.outdated), (first, true));

    let second = item::publish(&author, id, 2).await.unwrap();
    let in_force = item::load(&author, id).await.unwrap().published.unwrap();
    assert_eq!(
        (in_force.version, in_force.number, in_force.outdated),
        (second, 2, false)
    );
}

#[tokio::test]
async fn a_draft_that_somebody_else_has_changed_is_not_overwritten() {
    let school = School::new().await;
    let author = school.somebody(Role::Instructor).await;
    let bends = school.competency("RIV.1").await;
    let id: ItemId = author.new_id();
    item::create(&author, id, question(bends, "Bend")).await.unwrap();
    item::save(&author, id, 1, question(bends, "Meander"))
        .await
        .unwrap();

    let late = item::save(&author, id, 1, question(bends, "Loop")).await;
    assert!(matches!(late, Err(Error::Stale)), "{late:?}");
    let late = item::publish(&author, id, 1).await;
    assert!(matches!(late, Err(Error::Stale)), "{late:?}");
    assert_eq!(
        item::load(&author, id).await.unwrap().content.item.title,
        "Meander"
    );
}

#[tokio::test]
async fn an_unfinished_draft_is_kept_and_not_published() {
    let school = School::new().await;
    let author = school.somebody(Role::Instructor).await;
    let bends = school.competency("RIV.1").await;
    let mut unfinished = question(bends, "Bend");
    unfinished.item.responses[0].correct_response = None;
    let id: ItemId = author.new_id();
    item::create(&author, id, unfinished).await.unwrap();

    assert_eq!(
        faults(item::publish(&author, id, 1).await),
        [(
            "responses[0].correctResponse".to_owned(),
            "document-no-correct-response".to_owned()
        )]
    );
    assert!(item::load(&author, id).await.unwrap().published.is_none());
}

#[tokio::test]
async fn what_no_draft_may_hold_is_said_at_its_field() {
    let school = School::new().await;
    let author = school.somebody(Role::Instructor).await;
    let nowhere: CompetencyId = author.new_id();
    let mut wrong = question(nowhere, &"x".repeat(201));
    wrong.difficulty = f64::NAN;
    let fields: Vec<_> = faults(item::create(&author, author.new_id(), wrong).await)
        .into_iter()
        .map(|(field, _)| field)
        .collect();
    assert_eq!(fields, ["title", "difficulty", "competency"]);
}

#[tokio::test]
async fn items_are_found_by_what_is_asked_for() {
    let school = School::new().await;
    let author = school.somebody(Role::Instructor).await;
    let (bends, pools) = (school.competency("RIV.1").await, school.competency("RIV.2").await);
    let (drafted, retired): (ItemId, ItemId) = (author.new_id(), author.new_id());
    item::create(&author, drafted, question(bends, "100%_sure"))
        .await
        .unwrap();
    item::create(&author, retired, question(pools, "Old"))
        .await
        .unwrap();
    item::retire(&author, retired).await.unwrap();
    published(&author, pools, 2).await;

    let cases = [
        (Filter::default(), 3),
        (
            Filter {
                competency: Some(pools),
                ..Filter::default()
            },
            2,
        ),
        (
            Filter {
                text: "FASTEST".to_owned(),
                ..Filter::default()
            },
            3,
        ),
        (
            Filter {
                text: "0%_S".to_owned(),
                ..Filter::default()
            },
            1,
        ),
        (
            Filter {
                text: "0%S".to_owned(),
                ..Filter::default()
            },
            0,
        ),
        (
            Filter {
                kind: Some(ItemKind::Order),
                ..Filter::default()
            },
            0,
        ),
        (
            Filter {
                purpose: Some(Purpose::Practice),
                ..Filter::default()
            },
            0,
        ),
        (
            Filter {
                stage: Some(Stage::Draft),
                ..Filter::default()
            },
            1,
        ),
        (
            Filter {
                stage: Some(Stage::Withdrawn),
                ..Filter::default()
            },
            1,
        ),
    ];
    for (filter, expected) in cases {
        let found = item::list(&author, &filter, Turn::First).await.unwrap();
        assert_eq!(found.total, expected, "{filter:?}");
    }
    item::restore(&author, retired).await.unwrap();
    assert_eq!(
        item::list(&author, &Filter::default(), Turn::First)
            .await
            .unwrap()
            .total,
        4
    );
}

#[tokio::test]
async fn learners_and_other_tenants_do_not_find_an_item() {
    let school = School::new().await;
    let author = school.somebody(Role::Instructor).await;
    let learner = school.somebody(Role::Learner).await;
    let assessor = school.somebody(Role::Assessor).await;
    let bends = school.competency("RIV.1").await;
    let id: ItemId = author.new_id();
    item::create(&author, id, question(bends, "Bend")).await.unwrap();

    for result in [
        item::load(&learner, id).await.map(drop),
        item::list(&learner, &Filter::default(), Turn::First)
            .await
            .map(drop),
        item::save(&assessor, id, 1, question(bends, "Mine"))
            .await
            .map(drop),
        item::publish(&assessor, id, 1).await.map(drop),
        item::retire(&assessor, id).await,
    ] {
        assert!(matches!(result, Err(Error::NotFound)), "{result:?}");
    }
    assert!(item::load(&assessor, id).await.is_ok());
    let elsewhere = Ctx::new(
        std::sync::Arc::clone(&school.cairn),
        school.cairn.new_id(),
        author.actor().clone(),
    );
    assert!(matches!(item::load(&elsewhere, id).await, Err(Error::NotFound)));
}

#[tokio::test]
async fn an_author_sees_what_an_answer_is_worth() {
    let school = School::new().await;
    let bends = school.competency("RIV.1").await;
    let item = question(bends, "Bend").item;
    let nothing = item::try_out(&item, Seed(1), &[]).unwrap();
    assert_eq!(nothing.score.verdict, Verdict::Unanswered);
    let unknown = [("r.1".to_owned(), "no such choice".to_owned())];
    assert!(item::try_out(&item, Seed(1), &unknown).is_err());
}
