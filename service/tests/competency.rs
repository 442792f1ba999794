//! What authors do with competencies.

#![expect(clippy::unwrap_used, reason = "a test that cannot be set up must fail")]

use domain::{
    course::{NewActivity, Way, Work, WorkKind},
    id::{AchievementId, CompetencyId, CourseId, FrameworkId},
    mastery::Rule,
    program::{Achievement, AchievementType, Criteria},
    tenancy::Role,
};
use service::{
    Ctx, Error,
    competency::{
        BadgeFor, CourseFor, Details, FrameworkDetails, NewCompetency, create, create_framework, framework,
        frameworks, list, load, remove, remove_framework, save, save_framework, shift, show, standard_rule,
    },
    course::{self, NewCourse},
    program::achievement::{self, Content},
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
async fn of_two_who_change_a_framework_at_once_the_second_is_told() {
    let school = School::new().await;
    let author = school.somebody(Role::Instructor).await;
    let id = rivers(&author).await;
    let seen = framework(&author, id).await.unwrap().details;
    let titled = |title: &str| FrameworkDetails {
        title: title.to_owned(),
        ..seen.clone()
    };
    save_framework(&author, id, &seen.revision(), &titled("Streams"))
        .await
        .unwrap();
    let late = save_framework(&author, id, &seen.revision(), &titled("Brooks")).await;
    assert!(matches!(late, Err(Error::Stale)), "{late:?}");
    assert_eq!(framework(&author, id).await.unwrap().details, titled("Streams"));
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
                "",
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

/// A published course with one lesson for `competency`.
async fn course_for(author: &Ctx, competency: CompetencyId) -> CourseId {
    let (id, module, lesson) = (author.new_id(), author.new_id(), author.new_id());
    let new = NewCourse {
        id,
        title: "Reading a river".to_owned(),
        slug: "rivers".to_owned(),
        language: "en".to_owned(),
    };
    course::create(author, new).await.unwrap();
    course::edit(author, id, 1, |content| {
        content.add_module(module, "Water".to_owned());
        let activity = NewActivity {
            id: lesson,
            title: "Why rivers bend".to_owned(),
            kind: WorkKind::Lesson,
        };
        content.add_activity(module, activity);
        if let Some(activity) = content.activity_mut(lesson) {
            activity.competencies = vec![competency];
            activity.work = Work::Lesson {
                markdown: "Because.".to_owned(),
            };
        }
        Ok(())
    })
    .await
    .unwrap();
    course::publish(author, id, 2).await.unwrap();
    id
}

/// A published badge that attests `competency`.
async fn badge_for(admin: &Ctx, competency: CompetencyId) -> AchievementId {
    let id = admin.new_id();
    let content = Content {
        achievement: Achievement {
            name: "River reader".to_owned(),
            description: "Reads a river.".to_owned(),
            criteria_narrative: "Showed it.".to_owned(),
            achievement_type: AchievementType::Badge,
            level: None,
            tags: vec![],
            alignments: vec![],
            criteria: Criteria::CompetencyMastered { competency },
        },
        competencies: vec![competency],
    };
    achievement::create(admin, id, &content).await.unwrap();
    achievement::publish(admin, id, 1).await.unwrap();
    id
}

#[tokio::test]
async fn anybody_sees_what_a_competency_is_and_which_courses_and_badges_are_for_it() {
    let school = School::new().await;
    let admin = school.somebody(Role::Admin).await;
    let rivers = rivers(&admin).await;
    let flow = add(&admin, rivers, about("RIV.1")).await;
    let under = Details {
        parent: Some(flow),
        ..about("RIV.1.a")
    };
    let bends = add(&admin, rivers, under).await;
    let course = course_for(&admin, bends).await;
    let badge = badge_for(&admin, bends).await;

    let visitor = school.visitor();
    let page = show(&visitor, bends).await.unwrap();
    assert_eq!(
        (page.statement.as_str(), page.framework.as_str()),
        ("Can do RIV.1.a.", "Rivers")
    );
    assert_eq!(page.whole.map(|whole| whole.id), Some(flow));
    let [CourseFor { slug, title }] = &page.courses[..] else {
        panic!("one course: {:?}", page.courses);
    };
    assert_eq!((slug.as_str(), title.as_str()), ("rivers", "Reading a river"));
    let [BadgeFor { id, name }] = &page.badges[..] else {
        panic!("one badge: {:?}", page.badges);
    };
    assert_eq!((*id, name.as_str()), (badge, "River reader"));

    let whole = show(&visitor, flow).await.unwrap();
    assert_eq!(
        whole.parts.iter().map(|part| part.id).collect::<Vec<_>>(),
        [bends]
    );
    assert!(whole.courses.is_empty() && whole.badges.is_empty());

    course::archive(&admin, course).await.unwrap();
    achievement::archive(&admin, badge).await.unwrap();
    let page = show(&visitor, bends).await.unwrap();
    assert!(
        page.courses.is_empty() && page.badges.is_empty(),
        "what is put away is not offered"
    );
    let other = School::new().await;
    assert!(matches!(
        show(&other.visitor(), bends).await,
        Err(Error::NotFound)
    ));
}
