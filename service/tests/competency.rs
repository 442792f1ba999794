//! What authors do with competencies.

#![expect(clippy::unwrap_used, reason = "a test that cannot be set up must fail")]

use domain::{
    course::Way,
    id::{CompetencyId, FrameworkId},
    mastery::Rule,
    tenancy::Role,
};
use service::{
    Ctx, Error,
    competency::{
        Details, FrameworkDetails, NewCompetency, create, create_framework, framework, frameworks, list,
        load, remove, remove_framework, save, save_framework, shift, standard_rule,
    },
    testing::{School, faults},
};

fn about(code: &str) -> Details {
    Details {
        code: code.to_owned(),
        statement: format!("Can do {code}."),
        level: "Foundation".to_owned(),
        parent: None,
        rule: standard_rule(),
    }
}

async fn rivers(author: &Ctx) -> FrameworkId {
    let id = author.new_id();
    let details = FrameworkDetails {
        code: "RIV".to_owned(),
        title: "Rivers".to_owned(),
        description: String::new(),
    };
    create_framework(author, id, &details).await.unwrap();
    id
}

async fn add(author: &Ctx, framework: FrameworkId, details: Details) -> CompetencyId {
    let id = author.new_id();
    let new = NewCompetency {
        id,
        framework,
        details,
    };
    create(author, new).await.unwrap();
    id
}

async fn codes(author: &Ctx, id: FrameworkId) -> Vec<(usize, String)> {
    let tree = framework(author, id).await.unwrap();
    tree.members
        .into_iter()
        .map(|(depth, member)| (depth, member.code))
        .collect()
}

#[tokio::test]
async fn a_framework_holds_competencies_as_a_tree() {
    let school = School::new().await;
    let author = school.somebody(Role::Instructor).await;
    let id = rivers(&author).await;
    let flow = add(&author, id, about("RIV.1")).await;
    add(&author, id, about("RIV.2")).await;
    add(
        &author,
        id,
        Details {
            parent: Some(flow),
            ..about("RIV.1.a")
        },
    )
    .await;

    let tree = codes(&author, id).await;
    let expected = [(0, "RIV.1"), (1, "RIV.1.a"), (0, "RIV.2")];
    assert_eq!(tree, expected.map(|(depth, code)| (depth, code.to_owned())));
    assert_eq!(frameworks(&author).await.unwrap()[0].competencies, 3);
    assert_eq!(list(&author).await.unwrap().len(), 3);
    let stored = load(&author, flow).await.unwrap();
    assert_eq!((stored.rule, stored.rule_version), (standard_rule(), 1));
}

#[tokio::test]
async fn what_is_wrong_is_said_at_its_field() {
    let school = School::new().await;
    let author = school.somebody(Role::Instructor).await;
    let id = rivers(&author).await;
    let flow = add(&author, id, about("RIV.1")).await;
    let part = add(
        &author,
        id,
        Details {
            parent: Some(flow),
            ..about("RIV.2")
        },
    )
    .await;

    let again = |details| {
        create(
            &author,
            NewCompetency {
                id: author.new_id(),
                framework: id,
                details,
            },
        )
    };
    for (details, field, code) in [
        (about("RIV.1"), "code", "code-taken"),
        (about("two words"), "code", "code-character"),
        (
            Details {
                statement: "  ".to_owned(),
                ..about("RIV.3")
            },
            "statement",
            "statement-empty",
        ),
        (
            Details {
                parent: Some(author.new_id()),
                ..about("RIV.3")
            },
            "parent",
            "competency-parent-unknown",
        ),
        (
            Details {
                rule: Rule::All { of: vec![] },
                ..about("RIV.3")
            },
            "rule.of",
            "rule-empty",
        ),
    ] {
        assert_eq!(
            faults(again(details).await),
            [(field.to_owned(), code.to_owned())]
        );
    }
    let under_its_own_part = Details {
        parent: Some(part),
        ..about("RIV.1")
    };
    assert_eq!(
        faults(save(&author, flow, 1, &under_its_own_part).await),
        [("parent".to_owned(), "competency-parent-cycle".to_owned())]
    );
    let twice = FrameworkDetails {
        code: "RIV".to_owned(),
        title: "Again".to_owned(),
        description: String::new(),
    };
    assert_eq!(
        faults(create_framework(&author, author.new_id(), &twice).await),
        [("code".to_owned(), "code-taken".to_owned())]
    );
}

#[tokio::test]
async fn a_form_sent_twice_makes_one() {
    let school = School::new().await;
    let author = school.somebody(Role::Instructor).await;
    let id = rivers(&author).await;
    let new = NewCompetency {
        id: author.new_id(),
        framework: id,
        details: about("RIV.1"),
    };
    create(&author, new.clone()).await.unwrap();
    create(&author, new).await.unwrap();
    assert_eq!(codes(&author, id).await.len(), 1);
}

#[tokio::test]
async fn a_change_raises_the_version_and_an_older_one_is_stale() {
    let school = School::new().await;
    let author = school.somebody(Role::Instructor).await;
    let id = rivers(&author).await;
    let flow = add(&author, id, about("RIV.1")).await;
    let stricter = Details {
        rule: Rule::MarkedByAssessor { assessors: 2 },
        ..about("RIV.1")
    };
    save(&author, flow, 1, &stricter).await.unwrap();
    let stored = load(&author, flow).await.unwrap();
    assert_eq!((stored.rule, stored.rule_version), (stricter.rule.clone(), 2));
    assert!(matches!(
        save(&author, flow, 1, &about("RIV.1")).await,
        Err(Error::Stale)
    ));
}

#[tokio::test]
async fn siblings_move_and_stay_in_their_list() {
    let school = School::new().await;
    let author = school.somebody(Role::Instructor).await;
    let id = rivers(&author).await;
    for code in ["RIV.1", "RIV.2", "RIV.3"] {
        add(&author, id, about(code)).await;
    }
    let last = list(&author).await.unwrap()[2].1.id;
    for way in [Way::Up, Way::Up, Way::Up, Way::Down] {
        shift(&author, last, way).await.unwrap();
    }
    let order: Vec<_> = codes(&author, id)
        .await
        .into_iter()
        .map(|(_, code)| code)
        .collect();
    assert_eq!(order, ["RIV.1", "RIV.3", "RIV.2"]);
}

#[tokio::test]
async fn only_what_nothing_refers_to_is_removed() {
    let school = School::new().await;
    let author = school.somebody(Role::Instructor).await;
    let id = rivers(&author).await;
    let flow = add(&author, id, about("RIV.1")).await;
    let part = add(
        &author,
        id,
        Details {
            parent: Some(flow),
            ..about("RIV.1.a")
        },
    )
    .await;
    assert!(matches!(
        remove(&author, flow).await,
        Err(Error::Refused("competency-in-use"))
    ));
    assert!(matches!(
        remove_framework(&author, id).await,
        Err(Error::Refused("framework-not-empty"))
    ));
    remove(&author, part).await.unwrap();
    remove(&author, flow).await.unwrap();
    remove_framework(&author, id).await.unwrap();
    assert!(matches!(remove(&author, flow).await, Err(Error::NotFound)));
}

#[tokio::test]
async fn learners_and_other_tenants_find_nothing() {
    let school = School::new().await;
    let author = school.somebody(Role::Instructor).await;
    let id = rivers(&author).await;
    let flow = add(&author, id, about("RIV.1")).await;
    for other in [
        school.somebody(Role::Learner).await,
        school.stranger(Role::Owner).await,
        school.visitor(),
    ] {
        assert!(matches!(load(&other, flow).await, Err(Error::NotFound)));
        assert!(matches!(
            save(&other, flow, 1, &about("X")).await,
            Err(Error::NotFound)
        ));
        assert!(matches!(remove(&other, flow).await, Err(Error::NotFound)));
        assert!(matches!(
            save_framework(
                &other,
                id,
                &FrameworkDetails {
                    code: "X".to_owned(),
                    title: "X".to_owned(),
                    description: String::new()
                }
            )
            .await,
            Err(Error::NotFound)
        ));
    }
}
