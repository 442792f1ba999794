//! What stacks into what: for those who define it, and for those who earn it.

use std::sync::Arc;

use domain::{
    id::{AchievementId, AssessmentId},
    program::{Fault, Requirement},
    tenancy::Role,
};
use serde_json::{Value as Json, json};
use service::{
    Actor, Ctx, Error,
    assessment::definition,
    program::{offered, programs},
};

use crate::world::{World, add_tenant, cut_score, join, take};

struct Stacked {
    world: World,
    assessments: [AssessmentId; 2],
    small: [AchievementId; 2],
    large: AchievementId,
}

fn held(badge: AchievementId) -> Json {
    json!({ "kind": "badge-held", "achievement": badge })
}

/// Two badges for an assessment each, and a larger one for both.
async fn stacked() -> Stacked {
    let world = World::new().await;
    let competency = world.competency(cut_score(1, 60)).await;
    world.items(competency, "assessment", 6).await;
    let more = json!({ "passRule": cut_score(1, 60) });
    let assessments = [
        world.assessment(competency, 1, more.clone()).await,
        world.assessment(competency, 1, more).await,
    ];
    let passed = |assessment| json!({ "kind": "assessment-passed", "assessment": assessment });
    let small = [
        world.achievement(passed(assessments[0])).await,
        world.achievement(passed(assessments[1])).await,
    ];
    let parts = small.map(held);
    let large = world.achievement(json!({ "kind": "all", "of": parts })).await;
    Stacked {
        world,
        assessments,
        small,
        large,
    }
}

#[tokio::test]
async fn a_program_says_how_many_hold_each_part_and_who_lacks_only_one() {
    let Stacked {
        world,
        assessments,
        small,
        large,
    } = stacked().await;
    let admin = world.member(Role::Admin).await;
    let (first, second) = (world.learner().await, world.learner().await);
    take(&first, assessments[0], "+").await;
    take(&second, assessments[0], "+").await;
    take(&second, assessments[1], "+").await;

    let found = programs(&admin).await.unwrap();
    let [program] = found.programs.as_slice() else {
        panic!("{:?}", found.programs)
    };
    assert_eq!(program.id, large);
    assert!(program.parts().iter().all(|part| part.fault.is_none()));
    let holders = |it| found.census.holders(it);
    assert_eq!(small.map(|it| holders(Requirement::Badge(it))), [2, 1]);
    assert_eq!(assessments.map(|it| holders(Requirement::Assessment(it))), [2, 1]);
    assert_eq!(holders(Requirement::Badge(large)), 1);
    let stuck = small.map(|it| found.census.stuck(large, Requirement::Badge(it)));
    assert_eq!((stuck, found.census.people()), ([0, 1], 3));
}

#[tokio::test]
async fn a_part_that_nobody_can_get_says_why() {
    let Stacked {
        world,
        assessments,
        small,
        ..
    } = stacked().await;
    let admin = world.member(Role::Admin).await;
    let unasked = world.competency(cut_score(1, 60)).await;
    let mastered = json!({ "kind": "competency-mastered", "competency": unasked });
    let top = world
        .achievement(json!({ "kind": "all", "of": [held(small[0]), mastered] }))
        .await;
    definition::archive(&admin, assessments[0]).await.unwrap();

    let found = programs(&admin).await.unwrap();
    let program = found.programs.iter().find(|program| program.id == top).unwrap();
    let faults: Vec<_> = program
        .parts()
        .into_iter()
        .map(|part| (part.requirement, part.fault))
        .collect();
    assert_eq!(
        faults,
        [
            (Requirement::Badge(small[0]), None),
            (Requirement::Assessment(assessments[0]), Some(Fault::Withdrawn)),
            (Requirement::Competency(unasked), Some(Fault::Unassessed)),
        ]
    );
}

#[tokio::test]
async fn programs_are_shown_to_those_who_define_them_and_not_next_door() {
    let Stacked { world, .. } = stacked().await;
    let learner = world.learner().await;
    assert!(matches!(programs(&learner).await, Err(Error::NotFound)));
    let elsewhere = add_tenant(&world.installation, "ridge").await;
    let owner = join(&world.installation, elsewhere, Role::Owner).await;
    assert!(programs(&owner).await.unwrap().programs.is_empty());
    assert!(offered(&owner).await.unwrap().is_empty());
}

#[tokio::test]
async fn a_learner_sees_how_far_they_have_come_in_a_program() {
    let Stacked {
        world,
        assessments,
        small,
        large,
    } = stacked().await;
    let learner = world.learner().await;
    let seen = async || offered(&learner).await.unwrap().remove(0);
    take(&learner, assessments[1], "+").await;
    let program = seen().await;
    assert_eq!(
        (program.id, program.progress, program.is_held),
        (large, Some((1, 2)), false)
    );
    let steps: Vec<_> = program
        .steps
        .iter()
        .map(|step| (step.requirement, step.is_held))
        .collect();
    assert_eq!(
        steps,
        [
            (Requirement::Badge(small[0]), false),
            (Requirement::Badge(small[1]), true)
        ]
    );
    take(&learner, assessments[0], "+").await;
    assert!(seen().await.is_held);
    let passed = json!({ "kind": "assessment-passed", "assessment": assessments[0] });
    world
        .achievement(json!({ "kind": "all", "of": [held(large), passed] }))
        .await;
    let stranger = join(
        &world.installation,
        add_tenant(&world.installation, "ridge").await,
        Role::Owner,
    )
    .await;
    let visitor = Ctx::new(
        Arc::clone(&world.installation),
        world.tenant,
        Actor {
            person: stranger.actor().person,
            role: None,
        },
    );
    for (who, pages) in [(&learner, [true, true]), (&visitor, [true, false])] {
        let steps = offered(who).await.unwrap().remove(0).steps;
        assert_eq!(steps.iter().map(|step| step.has_page).collect::<Vec<_>>(), pages);
    }
}
