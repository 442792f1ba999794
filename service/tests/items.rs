//! Items and assessments, as their authors meet them.

#![expect(clippy::unwrap_used, reason = "a test that cannot be set up must fail")]

mod school;

use std::collections::BTreeSet;

use domain::{
    Seed,
    assessment::{Assessment, ItemKind, Mode, PassMark, Purpose, Selection, Unseen, Verdict},
    id::{AssessmentId, CompetencyId, ItemId},
    mastery::{GateTables, Grade, Percent},
    tenancy::Role,
};
use school::{School, faults};
use serde_json::json;
use service::{
    Ctx, Error, Turn,
    assessment::{
        definition,
        item::{self, Content, Filter},
    },
    draft::Stage,
};

fn question(competency: CompetencyId, title: &str) -> Content {
    let item = json!({
        "title": title, "language": "en",
        "body": [
            { "prose": "A river bends." },
            { "interaction": {
                "kind": "choice", "response": "RESPONSE", "prompt": "Where is the water fastest?",
                "choices": [
                    { "identifier": "outer", "content": "At the outer bank" },
                    { "identifier": "inner", "content": "At the inner bank" },
                ],
            } },
        ],
        "responses": [{
            "identifier": "RESPONSE", "cardinality": "single", "baseType": "identifier",
            "correctResponse": { "identifiers": ["outer"] },
            "scoring": { "rule": "matchCorrect", "points": 1 },
        }],
    });
    Content {
        competency,
        purpose: Purpose::Assessment,
        difficulty: 0.0,
        tags: BTreeSet::new(),
        item: serde_json::from_value(item).unwrap(),
    }
}

async fn published(ctx: &Ctx, competency: CompetencyId, how_many: usize) {
    for number in 0..how_many {
        let id = ctx.new_id();
        item::create(ctx, id, question(competency, &format!("Bend {number}")))
            .await
            .unwrap();
        item::publish(ctx, id, 1).await.unwrap();
    }
}

fn gate(competency: CompetencyId, attempts: u16) -> Assessment {
    let mut assessment: Assessment = serde_json::from_value(json!({
        "title": "Show it", "mode": "sequentialGate", "unseen": "required",
        "attempts": attempts, "cooldown": 3_600, "feedback": { "when": "atEnd" },
        "sections": [{ "selection": { "pool": { "competencies": [competency], "count": 20 } } }],
    }))
    .unwrap();
    assessment.pass_rule = Some(assessment.rule_for(PassMark::Gate(GateTables::Gate1)));
    assessment
}

fn form(competency: CompetencyId, count: u16) -> Assessment {
    let mut assessment: Assessment = serde_json::from_value(json!({
        "title": "Check", "mode": "fixedForm", "attempts": 2, "feedback": { "when": "atEnd" },
        "sections": [{ "selection": { "pool": { "competencies": [competency], "count": count } } }],
    }))
    .unwrap();
    let mark = PassMark::Cut(Percent::try_from(75).unwrap());
    assessment.pass_rule = Some(assessment.rule_for(mark));
    assessment
}

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

#[tokio::test]
async fn a_gate_is_published_once_there_are_fresh_items_for_every_try() {
    let school = School::new().await;
    let author = school.somebody(Role::Instructor).await;
    let bends = school.competency("RIV.1").await;
    published(&author, bends, 19).await;
    let id: AssessmentId = author.new_id();
    definition::create(&author, id, &gate(bends, 1)).await.unwrap();

    assert_eq!(
        faults(definition::publish(&author, id, 1).await),
        [(
            "sections[0].selection.pool.count".to_owned(),
            "assessment-pool-too-small".to_owned()
        )]
    );
    published(&author, bends, 1).await;
    let version = definition::publish(&author, id, 1).await.unwrap();
    assert_eq!(definition::publish(&author, id, 1).await.unwrap(), version);

    let rows = definition::list(&author, false, 1).await.unwrap().rows;
    assert_eq!((rows[0].items, rows[0].stage), (20, Stage::Published));
}

#[tokio::test]
async fn only_published_assessment_items_that_are_not_retired_count_for_a_pool() {
    let school = School::new().await;
    let author = school.somebody(Role::Instructor).await;
    let bends = school.competency("RIV.1").await;
    published(&author, bends, 3).await;
    item::create(&author, author.new_id(), question(bends, "Draft"))
        .await
        .unwrap();
    let mut practice = question(bends, "Practice");
    practice.purpose = Purpose::Practice;
    let id: ItemId = author.new_id();
    item::create(&author, id, practice).await.unwrap();
    item::publish(&author, id, 1).await.unwrap();
    let newest = item::list(
        &author,
        &Filter {
            stage: Some(Stage::Published),
            purpose: Some(Purpose::Assessment),
            ..Filter::default()
        },
        Turn::First,
    )
    .await
    .unwrap()
    .rows
    .remove(0);
    item::retire(&author, newest.id).await.unwrap();

    assert_eq!(pools(&author).await[&bends], 2);
    let id: AssessmentId = author.new_id();
    definition::create(&author, id, &form(bends, 3)).await.unwrap();
    assert_eq!(faults(definition::publish(&author, id, 1).await).len(), 1);
    definition::save(&author, id, 1, &form(bends, 2)).await.unwrap();
    definition::publish(&author, id, 2).await.unwrap();
}

#[tokio::test]
async fn an_assessment_put_away_is_in_the_other_list() {
    let school = School::new().await;
    let author = school.somebody(Role::Instructor).await;
    let bends = school.competency("RIV.1").await;
    let id: AssessmentId = author.new_id();
    definition::create(&author, id, &form(bends, 2)).await.unwrap();
    definition::archive(&author, id).await.unwrap();
    let totals = |archived| {
        let author = author.clone();
        async move { definition::list(&author, archived, 1).await.unwrap().total }
    };
    assert_eq!((totals(false).await, totals(true).await), (0, 1));
    definition::restore(&author, id).await.unwrap();
    assert_eq!((totals(false).await, totals(true).await), (1, 0));
}

async fn pools(author: &Ctx) -> definition::Pools {
    definition::pools(author, Mode::FixedForm).await.unwrap()
}

#[tokio::test]
async fn an_item_is_drawn_by_what_was_published_of_it_and_not_by_its_draft() {
    let school = School::new().await;
    let author = school.somebody(Role::Instructor).await;
    let bends = school.competency("RIV.1").await;
    let banks = school.competency("RIV.2").await;
    let id: ItemId = author.new_id();
    item::create(&author, id, question(bends, "Bends")).await.unwrap();
    item::publish(&author, id, 1).await.unwrap();

    let revision = item::save(&author, id, 1, question(banks, "Bends"))
        .await
        .unwrap();
    assert_eq!(pools(&author).await.into_iter().collect::<Vec<_>>(), [(bends, 1)]);
    let draft = item::load(&author, id).await.unwrap();
    assert!(draft.published.unwrap().outdated, "it would be drawn otherwise");

    item::publish(&author, id, revision).await.unwrap();
    assert_eq!(pools(&author).await.into_iter().collect::<Vec<_>>(), [(banks, 1)]);
}

#[tokio::test]
async fn what_was_there_to_practise_with_is_not_asked_in_an_assessment() {
    let school = School::new().await;
    let author = school.somebody(Role::Instructor).await;
    let bends = school.competency("RIV.1").await;
    let with = |purpose| Content {
        purpose,
        ..question(bends, "Bends")
    };
    let id: ItemId = author.new_id();
    item::create(&author, id, with(Purpose::Practice)).await.unwrap();
    item::publish(&author, id, 1).await.unwrap();
    assert_eq!(
        faults(item::save(&author, id, 1, with(Purpose::Assessment)).await),
        [("purpose".to_owned(), "item-practised".to_owned())]
    );
}

#[tokio::test]
async fn what_an_assessment_fixes_is_not_practised_and_the_reverse() {
    let school = School::new().await;
    let author = school.somebody(Role::Instructor).await;
    let bends = school.competency("RIV.1").await;
    let with = |purpose| Content {
        purpose,
        ..question(bends, "Bends")
    };
    let id: ItemId = author.new_id();
    item::create(&author, id, with(Purpose::Assessment))
        .await
        .unwrap();
    let version = item::publish(&author, id, 1).await.unwrap();
    let mut fixed = form(bends, 1);
    fixed.sections[0].selection = Selection::Items(vec![version]);
    fixed.unseen = Unseen::Any;
    let assessment: AssessmentId = author.new_id();
    definition::create(&author, assessment, &fixed).await.unwrap();

    // Saved while the assessment was a draft, and published when it was in force.
    let revision = item::save(&author, id, 1, with(Purpose::Practice)).await.unwrap();
    definition::publish(&author, assessment, 1).await.unwrap();
    let refused = [("purpose".to_owned(), "item-fixed".to_owned())];
    assert_eq!(faults(item::publish(&author, id, revision).await), refused);
    let saved = item::save(&author, id, revision, with(Purpose::Practice)).await;
    assert_eq!(faults(saved), refused);

    definition::archive(&author, assessment).await.unwrap();
    item::publish(&author, id, revision).await.unwrap();
    let practised = [(
        "sections[0].selection.items".to_owned(),
        "assessment-items-practised".to_owned(),
    )];
    assert_eq!(faults(definition::restore(&author, assessment).await), practised);
    let again: AssessmentId = author.new_id();
    definition::create(&author, again, &fixed).await.unwrap();
    assert_eq!(faults(definition::publish(&author, again, 1).await), practised);
}

#[tokio::test]
async fn a_rule_shows_how_strong_it_is() {
    let school = School::new().await;
    let bends = school.competency("RIV.1").await;
    let grade = async |assessment: Assessment| {
        let strength = definition::strength(assessment.pass_rule.unwrap()).await;
        strength.unwrap().unwrap().grade()
    };
    assert_eq!(grade(gate(bends, 1)).await, Some(Grade::Strong));
    assert_eq!(grade(form(bends, 8)).await, Some(Grade::Weak));
}
