//! Assessments, and which items they draw.

use domain::{
    assessment::{Assessment, ItemKind, Mode, Narrowing, PassMark, Purpose, Selection, Unseen},
    id::{AssessmentId, CompetencyId, ItemId},
    mastery::{GateTables, Grade, Percent},
    tenancy::Role,
};
use serde_json::json;
use service::{
    Ctx, Turn,
    assessment::{
        definition,
        item::{self, Content, Filter},
    },
    draft::Stage,
};

use crate::{
    published, question,
    school::{School, faults},
};

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

    assert_eq!(found(&author, [bends]).await, [2]);
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

async fn found<const N: usize>(author: &Ctx, of: [CompetencyId; N]) -> [usize; N] {
    let any = Narrowing::default();
    let asked = of.map(|competency| (competency, any));
    let pools = definition::pools(author, Mode::FixedForm, asked).await.unwrap();
    of.map(|competency| pools.found(competency, any))
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
    assert_eq!(found(&author, [bends, banks]).await, [1, 0]);
    let draft = item::load(&author, id).await.unwrap();
    assert!(draft.published.unwrap().outdated, "it would be drawn otherwise");

    item::publish(&author, id, revision).await.unwrap();
    assert_eq!(found(&author, [bends, banks]).await, [0, 1]);
}

/// A published item that is so hard.
async fn of_difficulty(author: &Ctx, competency: CompetencyId, difficulty: f64) {
    let content = Content {
        difficulty,
        ..question(competency, "Bend")
    };
    let item: ItemId = author.new_id();
    item::create(author, item, content).await.unwrap();
    item::publish(author, item, 1).await.unwrap();
}

#[tokio::test]
async fn a_pool_counts_just_those_items_that_a_section_takes() {
    let school = School::new().await;
    let author = school.somebody(Role::Instructor).await;
    let (bends, banks) = (school.competency("RIV.1").await, school.competency("RIV.2").await);
    // One tenth is no number that a computer has.
    let difficulties = [-6.0, -0.1, 0.0, 0.1, 0.3, 6.0];
    for difficulty in difficulties {
        of_difficulty(&author, bends, difficulty).await;
    }
    let kind = Some(ItemKind::SingleChoice);
    let of_kinds = [None, kind, Some(ItemKind::Numeric)];
    let bounds = [None, Some(-600), Some(-10), Some(10), Some(30), Some(600)];
    let ranges = of_kinds.into_iter().flat_map(|kind| {
        let least = bounds.into_iter();
        least.flat_map(move |least| bounds.map(|most| (kind, least, most)))
    });
    let narrowings: Vec<Narrowing> = ranges
        .map(|(kind, least_difficulty, most_difficulty)| Narrowing {
            kind,
            least_difficulty,
            most_difficulty,
            most_exposed: None,
        })
        .collect();
    let asked = narrowings.iter().map(|narrowing| (bends, *narrowing));
    let pools = definition::pools(&author, Mode::FixedForm, asked).await.unwrap();
    for narrowing in narrowings {
        let taken = difficulties
            .iter()
            .filter(|difficulty| narrowing.takes(kind, **difficulty));
        assert_eq!(pools.found(bends, narrowing), taken.count(), "{narrowing:?}");
        assert_eq!(pools.found(banks, narrowing), 0);
    }
}

#[tokio::test]
async fn a_section_that_takes_some_items_only_is_published_once_there_are_enough_of_those() {
    let school = School::new().await;
    let author = school.somebody(Role::Instructor).await;
    let bends = school.competency("RIV.1").await;
    published(&author, bends, 5).await;
    let mut narrow = form(bends, 2);
    narrow.sections[0].selection = Selection::Pool {
        competencies: vec![bends],
        count: 2,
        narrowing: Narrowing {
            least_difficulty: Some(100),
            ..Narrowing::default()
        },
    };
    let id: AssessmentId = author.new_id();
    definition::create(&author, id, &narrow).await.unwrap();
    assert_eq!(
        faults(definition::publish(&author, id, 1).await),
        [(
            "sections[0].selection.pool.count".to_owned(),
            "assessment-pool-too-narrow".to_owned()
        )]
    );
    for _ in 0..2 {
        of_difficulty(&author, bends, 1.0).await;
    }
    definition::publish(&author, id, 1).await.unwrap();
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
