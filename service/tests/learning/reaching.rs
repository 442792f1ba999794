//! A badge that comes after people could do what it takes.

use std::collections::BTreeSet;

use domain::id::{CompetencyId, DecisionId, PersonId};
use entity::{
    identity::person,
    job::job as queued,
    mastery::{decision, mastery},
};
use sea_orm::{ActiveModelTrait, EntityTrait, IntoActiveModel};
use serde_json::json;
use service::{job::Job, program::achievement::reach};

use crate::world::{World, cut_score};

#[tokio::test]
async fn a_badge_reaches_everybody_page_by_page_however_many_there_are() {
    let world = World::new().await;
    let competency = world.competency(cut_score(1, 100)).await;
    let people = masters(&world, competency, 450).await;
    let id = world
        .achievement(json!({ "kind": "competency-mastered", "competency": competency }))
        .await;
    let system = world.installation.system().in_tenant(world.tenant);
    let (mut after, mut pages) = (None, 0);
    loop {
        reach(&system, id, after).await.unwrap();
        let (reached, onward) = waiting(&world).await;
        assert!(reached.len() <= 200 * (pages + 1), "a page at a time");
        // Ids go up from page to page.
        match onward.iter().max() {
            Some(last) if Some(*last) != after => after = Some(*last),
            _ => {
                assert_eq!(reached, people);
                break;
            }
        }
        pages += 1;
    }
    assert_eq!(pages, 3, "two full ones and what is left");
}

/// So many people who have mastered it.
async fn masters(world: &World, competency: CompetencyId, count: usize) -> BTreeSet<PersonId> {
    let system = world.installation.system();
    let (mut people, mut decisions, mut standing) = (Vec::new(), Vec::new(), Vec::new());
    for _ in 0..count {
        let (id, decision): (PersonId, DecisionId) = (system.new_id(), system.new_id());
        people.push(person::Model {
            id,
            email: String::new(),
            email_key: id.to_string(),
            email_verified_at: None,
            password_hash: String::new(),
            display_name: "Wren Overbrook".to_owned(),
            locale: None,
            theme: "auto".to_owned(),
            is_operator: false,
            created_at: world.now(),
        });
        decisions.push(decision::Model {
            tenant_id: world.tenant,
            id: decision,
            person_id: id,
            competency_id: Some(competency),
            assessment_id: None,
            attempt_id: None,
            outcome: "mastered".to_owned(),
            record: "{}".to_owned(),
            at: world.now(),
        });
        standing.push(mastery::Model {
            tenant_id: world.tenant,
            person_id: id,
            competency_id: competency,
            outcome: "mastered".to_owned(),
            decision_id: decision,
            since: world.now(),
        });
    }
    let ids = people.iter().map(|person| person.id).collect();
    let tx = system.write().await.unwrap();
    for person in people {
        person.into_active_model().reset_all().insert(&tx).await.unwrap();
    }
    tx.commit().await.unwrap();
    let tx = system.in_tenant(world.tenant).write().await.unwrap();
    tx.insert_many::<decision::Entity>(decisions).await.unwrap();
    tx.insert_many::<mastery::Entity>(standing).await.unwrap();
    tx.commit().await.unwrap();
    ids
}

/// Whom jobs wait for, and after whom jobs go on to look.
async fn waiting(world: &World) -> (BTreeSet<PersonId>, Vec<PersonId>) {
    let tx = world.installation.system().read().await.unwrap();
    let jobs = queued::Entity::find().all(&tx).await.unwrap();
    let (mut people, mut onward) = (BTreeSet::new(), Vec::new());
    for job in jobs {
        match serde_json::from_str(&job.payload).unwrap() {
            Job::EvaluateAwards { person, .. } => assert!(people.insert(person), "once each"),
            Job::ReachAchievement { after, .. } => onward.extend(after),
            other => panic!("{other:?}"),
        }
    }
    (people, onward)
}
