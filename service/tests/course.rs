//! From a draft to a course that is done.

#![expect(clippy::unwrap_used, reason = "a test that cannot be set up must fail")]

use std::time::Duration;

use domain::{
    course::{Activity, Content, NewActivity, Prerequisite, State, Work, WorkKind},
    id::{ActivityId, CourseId, ModuleId},
    tenancy::Role,
};
use service::{
    Ctx, Error,
    course::{
        self, Basics, NewCourse, archive, catalogue, complete, create, draft, edit, enrol, mine, move_on,
        open, problems, publish, restore, save, save_activity, save_basics, show,
    },
    testing::{School, faults},
};

/// A course with two lessons, the second after the first.
struct Rivers {
    id: CourseId,
    module: ModuleId,
    first: ActivityId,
    second: ActivityId,
}

impl Rivers {
    async fn written(author: &Ctx) -> Self {
        let rivers = Self {
            id: author.new_id(),
            module: author.new_id(),
            first: author.new_id(),
            second: author.new_id(),
        };
        let new = NewCourse {
            id: rivers.id,
            title: "Reading a river".to_owned(),
            slug: "rivers".to_owned(),
            language: "en".to_owned(),
        };
        create(author, new).await.unwrap();
        edit(author, rivers.id, 1, |content| {
            content.add_module(rivers.module, "Water".to_owned());
            rivers.add_lesson(content, rivers.first, "Why rivers bend");
            rivers.add_lesson(content, rivers.second, "Where it is deep");
            content.modules[0].activities[1].after = vec![Prerequisite::Activity(rivers.first)];
            Ok(())
        })
        .await
        .unwrap();
        rivers
    }

    async fn published(author: &Ctx) -> Self {
        let rivers = Self::written(author).await;
        publish(author, rivers.id, 2).await.unwrap();
        rivers
    }

    fn add_lesson(&self, content: &mut Content, id: ActivityId, title: &str) {
        content.add_activity(
            self.module,
            NewActivity {
                id,
                title: title.to_owned(),
                kind: WorkKind::Lesson,
            },
        );
        if let Some(activity) = content.activity_mut(id) {
            activity.work = Work::Lesson {
                markdown: format!("{title}, because."),
            };
        }
    }
}

async fn states(learner: &Ctx) -> Vec<State> {
    let page = show(learner, "rivers").await.unwrap();
    page.outline.activities().map(|activity| activity.state).collect()
}

#[tokio::test]
async fn a_published_course_is_in_the_catalogue_for_everybody() {
    let school = School::new().await;
    let author = school.somebody(Role::Instructor).await;
    let rivers = Rivers::written(&author).await;
    let visitor = school.visitor();
    assert!(catalogue(&visitor).await.unwrap().is_empty());
    assert!(matches!(show(&visitor, "rivers").await, Err(Error::NotFound)));

    publish(&author, rivers.id, 2).await.unwrap();
    let entries = catalogue(&visitor).await.unwrap();
    assert_eq!(entries.len(), 1);
    assert_eq!(entries[0].about.title, "Reading a river");
    assert_eq!(entries[0].about.activities, 2);
    let page = show(&visitor, "rivers").await.unwrap();
    assert!(page.can_enrol && page.enrolment.is_none());

    archive(&author, rivers.id).await.unwrap();
    assert!(catalogue(&visitor).await.unwrap().is_empty());
    restore(&author, rivers.id).await.unwrap();
    assert_eq!(catalogue(&visitor).await.unwrap().len(), 1);
}

#[tokio::test]
async fn a_learner_goes_from_lesson_to_lesson_to_the_end() {
    let school = School::new().await;
    let author = school.somebody(Role::Instructor).await;
    let rivers = Rivers::published(&author).await;
    let learner = school.somebody(Role::Learner).await;
    assert!(matches!(
        open(&learner, "rivers", rivers.first).await,
        Err(Error::NotFound)
    ));

    enrol(&learner, rivers.id).await.unwrap();
    enrol(&learner, rivers.id).await.unwrap();
    assert_eq!(states(&learner).await, [State::Open, State::Locked]);
    let opened = open(&learner, "rivers", rivers.first).await.unwrap();
    assert_eq!(opened.previous, None);
    assert!(
        opened
            .next
            .is_some_and(|next| next.id == rivers.second && !next.is_open)
    );
    assert!(matches!(
        open(&learner, "rivers", rivers.second).await,
        Err(Error::NotFound)
    ));
    assert!(matches!(
        complete(&learner, rivers.id, rivers.second).await,
        Err(Error::NotFound)
    ));

    complete(&learner, rivers.id, rivers.first).await.unwrap();
    complete(&learner, rivers.id, rivers.first).await.unwrap();
    assert_eq!(states(&learner).await, [State::Done, State::Open]);
    let taken = mine(&learner).await.unwrap().remove(0);
    assert_eq!((taken.done, taken.total), (1, 2));
    assert_eq!(taken.next, Some((rivers.second, "Where it is deep".to_owned())));
    assert_eq!(taken.completed_at, None);

    school.cairn.pass(Duration::from_mins(1));
    complete(&learner, rivers.id, rivers.second).await.unwrap();
    let done_at = school.cairn.now();
    school.cairn.pass(Duration::from_mins(1));
    complete(&learner, rivers.id, rivers.second).await.unwrap();
    let taken = mine(&learner).await.unwrap().remove(0);
    assert_eq!((taken.completed_at, taken.next), (Some(done_at), None));
    assert!(mine(&author).await.unwrap().is_empty());
}

#[tokio::test]
async fn a_learner_in_the_middle_stays_on_their_version_until_they_move() {
    let school = School::new().await;
    let author = school.somebody(Role::Instructor).await;
    let rivers = Rivers::published(&author).await;
    let learner = school.somebody(Role::Learner).await;
    enrol(&learner, rivers.id).await.unwrap();
    complete(&learner, rivers.id, rivers.first).await.unwrap();

    let third = author.new_id();
    edit(&author, rivers.id, 2, |content| {
        content.title = "Rivers, again".to_owned();
        content.remove_activity(rivers.second);
        rivers.add_lesson(content, third, "What floods do");
        Ok(())
    })
    .await
    .unwrap();
    publish(&author, rivers.id, 3).await.unwrap();

    let page = show(&learner, "rivers").await.unwrap();
    assert_eq!(page.about.title, "Reading a river");
    assert!(page.enrolment.is_some_and(|enrolment| enrolment.is_behind));
    assert!(open(&learner, "rivers", rivers.second).await.is_ok());
    assert!(matches!(
        open(&learner, "rivers", third).await,
        Err(Error::NotFound)
    ));

    move_on(&learner, rivers.id).await.unwrap();
    let page = show(&learner, "rivers").await.unwrap();
    assert_eq!(page.about.title, "Rivers, again");
    assert!(!page.enrolment.is_some_and(|enrolment| enrolment.is_behind));
    assert_eq!(states(&learner).await, [State::Done, State::Open]);
    assert!(open(&learner, "rivers", third).await.is_ok());
}

#[tokio::test]
async fn two_authors_do_not_overwrite_each_other() {
    let school = School::new().await;
    let author = school.somebody(Role::Instructor).await;
    let rivers = Rivers::written(&author).await;
    let seen = draft(&author, rivers.id).await.unwrap();
    assert_eq!(
        save(&author, rivers.id, seen.revision, &seen.content)
            .await
            .unwrap(),
        3
    );
    assert!(matches!(
        save(&author, rivers.id, seen.revision, &seen.content).await,
        Err(Error::Stale)
    ));
    assert!(matches!(
        publish(&author, rivers.id, seen.revision).await,
        Err(Error::Stale)
    ));
}

#[tokio::test]
async fn a_course_with_gaps_is_not_published_and_says_where_they_are() {
    let school = School::new().await;
    let author = school.somebody(Role::Instructor).await;
    let rivers = Rivers::written(&author).await;
    let (practice, assessment) = (author.new_id(), author.new_id());
    edit(&author, rivers.id, 2, |content| {
        for (id, kind) in [(practice, WorkKind::Practice), (assessment, WorkKind::Assessment)] {
            let new = NewActivity {
                id,
                title: "More".to_owned(),
                kind,
            };
            content.add_activity(rivers.module, new);
        }
        content.modules[0].activities[0].work = Work::Lesson {
            markdown: "![A bend](bend.png)".to_owned(),
        };
        content.modules[0].activities[1].competencies = vec![author.new_id()];
        content.modules[0].activities[3].work = Work::Assessment {
            assessment: Some(author.new_id()),
        };
        Ok(())
    })
    .await
    .unwrap();
    let found: Vec<_> = problems(&author, rivers.id)
        .await
        .unwrap()
        .into_iter()
        .map(|problem| (problem.code, problem.path))
        .collect();
    let at = |place: &str| format!("modules.0.activities.{place}");
    assert_eq!(
        found,
        [
            ("practice-empty", at("2.draws")),
            ("file-not-there", at("0.markdown")),
            ("competency-not-there", at("1")),
            ("assessment-not-published", at("3.assessment")),
        ]
    );
    assert!(matches!(
        publish(&author, rivers.id, 3).await,
        Err(Error::Refused("course-has-problems"))
    ));
}

#[tokio::test]
async fn what_did_not_change_is_not_published_again() {
    let school = School::new().await;
    let author = school.somebody(Role::Instructor).await;
    let rivers = Rivers::published(&author).await;
    let seen = draft(&author, rivers.id).await.unwrap();
    assert!(!seen.published.unwrap().outdated);
    let again = publish(&author, rivers.id, seen.revision).await.unwrap();
    assert_eq!(
        seen.published
            .map(|published| (published.version, published.number)),
        Some((again, 1))
    );
}

#[tokio::test]
async fn an_address_belongs_to_one_course() {
    let school = School::new().await;
    let author = school.somebody(Role::Instructor).await;
    Rivers::written(&author).await;
    let new = NewCourse {
        id: author.new_id(),
        title: "Other rivers".to_owned(),
        slug: "rivers".to_owned(),
        language: "en".to_owned(),
    };
    let taken = [("slug".to_owned(), "address-taken".to_owned())];
    assert_eq!(faults(create(&author, new.clone()).await), taken);
    let new = NewCourse {
        slug: "other-rivers".to_owned(),
        ..new
    };
    create(&author, new.clone()).await.unwrap();
    create(&author, new.clone()).await.unwrap();
    let basics = Basics {
        title: new.title,
        slug: "rivers".to_owned(),
        language: "en-GB".to_owned(),
        summary: String::new(),
    };
    assert_eq!(faults(save_basics(&author, new.id, 1, &basics).await), taken);
    assert_eq!(course::list(&author).await.unwrap().len(), 2);
}

#[tokio::test]
async fn nobody_begins_a_course_that_was_put_away_but_who_has_goes_on() {
    let school = School::new().await;
    let author = school.somebody(Role::Instructor).await;
    let rivers = Rivers::published(&author).await;
    let (early, late) = (
        school.somebody(Role::Learner).await,
        school.somebody(Role::Learner).await,
    );
    enrol(&early, rivers.id).await.unwrap();
    archive(&author, rivers.id).await.unwrap();
    assert!(matches!(
        enrol(&late, rivers.id).await,
        Err(Error::Refused("course-archived"))
    ));
    complete(&early, rivers.id, rivers.first).await.unwrap();
    assert!(open(&early, "rivers", rivers.second).await.is_ok());
}

#[tokio::test]
async fn the_lesson_with_which_a_course_would_be_too_large_is_refused_where_it_is_written() {
    let school = School::new().await;
    let author = school.somebody(Role::Instructor).await;
    let rivers = Rivers::written(&author).await;
    let long = || Work::Lesson {
        markdown: "x".repeat(100_000),
    };
    let revision = edit(&author, rivers.id, 2, |content| {
        for number in 0..19 {
            rivers.add_lesson(content, author.new_id(), &format!("Bend {number}"));
        }
        for activity in &mut content.modules[0].activities[2..] {
            activity.work = long();
        }
        Ok(())
    })
    .await
    .unwrap();
    let written = draft(&author, rivers.id).await.unwrap().content;
    let with = |id| Activity {
        work: long(),
        ..written.activity(id).unwrap().1.clone()
    };
    let revision = save_activity(&author, rivers.id, revision, with(rivers.first))
        .await
        .unwrap();
    let saved = save_activity(&author, rivers.id, revision, with(rivers.second)).await;
    assert_eq!(faults(saved), [("markdown".to_owned(), "course-full".to_owned())]);
}

#[tokio::test]
async fn learners_and_other_tenants_see_no_draft() {
    let school = School::new().await;
    let author = school.somebody(Role::Instructor).await;
    let rivers = Rivers::published(&author).await;
    let stranger = school.stranger(Role::Owner).await;
    for other in [
        school.somebody(Role::Learner).await,
        stranger.clone(),
        school.visitor(),
    ] {
        assert!(matches!(draft(&other, rivers.id).await, Err(Error::NotFound)));
        assert!(matches!(problems(&other, rivers.id).await, Err(Error::NotFound)));
        assert!(matches!(
            publish(&other, rivers.id, 2).await,
            Err(Error::NotFound)
        ));
        assert!(matches!(archive(&other, rivers.id).await, Err(Error::NotFound)));
        assert!(matches!(
            edit(&other, rivers.id, 2, |_| Ok(())).await,
            Err(Error::NotFound)
        ));
    }
    assert!(matches!(show(&stranger, "rivers").await, Err(Error::NotFound)));
    assert!(matches!(enrol(&stranger, rivers.id).await, Err(Error::NotFound)));
}
