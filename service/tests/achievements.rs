//! Badge definitions, as those who run a tenant meet them.

#![expect(clippy::unwrap_used, reason = "a test that cannot be set up must fail")]

mod school;

use std::io::Cursor;

use domain::{
    id::{AchievementId, CompetencyId},
    program::{Achievement, AchievementType, Criteria},
    tenancy::Role,
};
use entity::{job::job, program::award};
use school::{School, faults};
use sea_orm::EntityTrait;
use service::{
    Ctx, Error,
    program::achievement::{self, Content, Format, Image},
};

fn badge(name: &str, criteria: Criteria) -> Content {
    Content {
        achievement: Achievement {
            name: name.to_owned(),
            description: "Reads a river.".to_owned(),
            criteria_narrative: "Showed it on **fresh** questions.".to_owned(),
            achievement_type: AchievementType::Badge,
            level: None,
            tags: vec![],
            alignments: vec![],
            criteria,
        },
        competencies: vec![],
    }
}

fn mastered(competency: CompetencyId) -> Criteria {
    Criteria::CompetencyMastered { competency }
}

fn held(achievements: &[AchievementId]) -> Criteria {
    Criteria::All {
        of: achievements
            .iter()
            .map(|id| Criteria::BadgeHeld { achievement: *id })
            .collect(),
    }
}

async fn published(ctx: &Ctx, content: &Content) -> AchievementId {
    let id = ctx.new_id();
    achievement::create(ctx, id, content).await.unwrap();
    achievement::publish(ctx, id, 1).await.unwrap();
    id
}

#[tokio::test]
async fn a_badge_made_and_published_twice_is_one_and_anybody_can_see_it() {
    let school = School::new().await;
    let admin = school.somebody(Role::Admin).await;
    let bends = school.competency("RIV.1").await;
    let mut content = badge("River reader", mastered(bends));
    content.competencies = vec![bends];
    let id: AchievementId = admin.new_id();
    for _ in 0..2 {
        achievement::create(&admin, id, &content).await.unwrap();
    }
    let first = achievement::publish(&admin, id, 1).await.unwrap();
    assert_eq!(achievement::publish(&admin, id, 1).await.unwrap(), first);
    assert!(
        !achievement::load(&admin, id)
            .await
            .unwrap()
            .published
            .unwrap()
            .outdated
    );

    let learner = school.somebody(Role::Learner).await;
    let shown = achievement::view(&learner, id).await.unwrap();
    let alignment = &shown.achievement.alignments[0];
    assert_eq!(
        (alignment.target_code.as_deref(), alignment.target_name.as_str()),
        (Some("RIV.1"), "Can do RIV.1.")
    );
    assert_eq!(
        alignment.target_url,
        format!("http://cairn.test/t/ridgeway/competencies/{bends}")
    );
    assert_eq!(shown.parts.len(), 1);
    assert!(matches!(
        achievement::load(&learner, id).await,
        Err(Error::NotFound)
    ));
}

#[tokio::test]
async fn badges_that_ask_for_each_other_are_refused_by_name() {
    let school = School::new().await;
    let admin = school.somebody(Role::Admin).await;
    let bends = school.competency("RIV.1").await;
    let small = published(&admin, &badge("Small", mastered(bends))).await;
    let large = published(&admin, &badge("Large", held(&[small]))).await;

    achievement::save(&admin, small, 1, &badge("Small", held(&[large])))
        .await
        .unwrap();
    let Err(Error::Invalid(errors)) = achievement::publish(&admin, small, 2).await else {
        panic!("refused")
    };
    let error = errors.iter().next().unwrap();
    assert_eq!(
        (error.field.as_str(), error.code.as_str()),
        ("criteria", "badge-cycle")
    );
    let way = &error.args["way"];
    assert!(
        way == "Small → Large → Small" || way == "Large → Small → Large",
        "{way}"
    );
}

#[tokio::test]
async fn a_badge_cannot_ask_for_what_nobody_can_get() {
    let school = School::new().await;
    let admin = school.somebody(Role::Admin).await;
    let bends = school.competency("RIV.1").await;
    let drafted: AchievementId = admin.new_id();
    achievement::create(&admin, drafted, &badge("Draft", mastered(bends)))
        .await
        .unwrap();
    let cases = [
        (held(&[drafted]), "badge-unpublished"),
        (mastered(admin.new_id()), "badge-competency-gone"),
        (
            Criteria::AssessmentPassed {
                assessment: admin.new_id(),
            },
            "badge-assessment-unpublished",
        ),
    ];
    for (criteria, code) in cases {
        let id: AchievementId = admin.new_id();
        achievement::create(&admin, id, &badge("Whole", criteria))
            .await
            .unwrap();
        let found = faults(achievement::publish(&admin, id, 1).await);
        assert_eq!(found, [("criteria".to_owned(), code.to_owned())]);
    }
}

#[tokio::test]
async fn what_is_missing_is_said_at_its_field() {
    let school = School::new().await;
    let admin = school.somebody(Role::Admin).await;
    let mut content = badge("Whole", held(&[]));
    content.achievement.description.clear();
    let id: AchievementId = admin.new_id();
    achievement::create(&admin, id, &content).await.unwrap();
    assert_eq!(
        faults(achievement::publish(&admin, id, 1).await),
        [
            ("description".to_owned(), "badge-text-empty".to_owned()),
            ("criteria.of".to_owned(), "badge-criteria-empty".to_owned()),
        ]
    );
}

/// What the jobs of this kind are about.
async fn queued(school: &School, kind: &str) -> Vec<String> {
    let jobs = job::Entity::find()
        .all(&school.cairn.system().read().await.unwrap())
        .await
        .unwrap();
    jobs.into_iter()
        .filter(|job| job.kind == kind)
        .map(|job| job.payload)
        .collect()
}

#[tokio::test]
async fn publishing_has_those_looked_at_who_hold_a_part() {
    let school = School::new().await;
    let admin = school.somebody(Role::Admin).await;
    let learner = school.somebody(Role::Learner).await;
    let bends = school.competency("RIV.1").await;
    let small = published(&admin, &badge("Small", mastered(bends))).await;
    let version = achievement::view(&admin, small).await.unwrap().version;
    let tx = admin.write().await.unwrap();
    tx.insert::<award::Entity>(award::Model {
        tenant_id: admin.tenant(),
        id: admin.new_id(),
        person_id: learner.person().unwrap(),
        achievement_id: small,
        achievement_version_id: version,
        because: "[]".to_owned(),
        awarded_at: admin.now(),
        withdrawn_at: None,
    })
    .await
    .unwrap();
    tx.commit().await.unwrap();

    let large = published(&admin, &badge("Large", held(&[small]))).await;
    let reaching = queued(&school, "reach-achievement").await;
    assert!(
        reaching
            .iter()
            .any(|payload| payload.contains(&large.to_string()))
    );

    let system = school.cairn.system().in_tenant(admin.tenant());
    achievement::reach(&system, large, None).await.unwrap();
    let waiting = queued(&school, "evaluate-awards").await;
    assert_eq!(waiting.len(), 1);
    assert!(waiting[0].contains(&learner.person().unwrap().to_string()));
    let rows = achievement::list(&admin, false, 1).await.unwrap().rows;
    let holders = |id| rows.iter().find(|row| row.id == id).map(|row| row.holders);
    assert_eq!(holders(small), Some(1));
}

#[tokio::test]
async fn a_badge_has_a_picture_as_svg_and_as_png() {
    let school = School::new().await;
    let admin = school.somebody(Role::Admin).await;
    let bends = school.competency("RIV.1").await;
    let id = published(&admin, &badge("River reader", mastered(bends))).await;
    let visitor = Ctx::new(
        std::sync::Arc::clone(&school.cairn),
        admin.tenant(),
        service::Actor::default(),
    );

    let Image::Drawn { bytes, .. } = achievement::image(&visitor, id, None, Format::Svg).await.unwrap()
    else {
        panic!("drawn")
    };
    let svg = String::from_utf8(bytes).unwrap();
    assert!(svg.contains("River reader"), "{svg}");
    let Image::Drawn { bytes, media_type } = achievement::image(&visitor, id, Some(1), Format::Png)
        .await
        .unwrap()
    else {
        panic!("drawn")
    };
    assert_eq!(media_type, "image/png");
    assert!(bytes.starts_with(b"\x89PNG\r\n") && bytes.len() > 2_000);
    let missing = achievement::image(&visitor, id, Some(2), Format::Png).await;
    assert!(matches!(missing, Err(Error::NotFound)));
}

#[tokio::test]
async fn an_uploaded_picture_is_a_png_where_one_is_asked_for() {
    let school = School::new().await;
    let admin = school.somebody(Role::Admin).await;
    let bends = school.competency("RIV.1").await;
    let id = published(&admin, &badge("River reader", mastered(bends))).await;
    let mut photograph = Cursor::new(Vec::new());
    image::DynamicImage::new_rgb8(40, 40)
        .write_to(&mut photograph, image::ImageFormat::Jpeg)
        .unwrap();
    let drawing = br#"<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9"><path d="M0 0h9v9z"/></svg>"#;
    for (bytes, kind, is_uploaded) in [
        (photograph.into_inner(), "image/png", true),
        (drawing.to_vec(), "image/svg+xml", false),
    ] {
        let file = admin.new_id();
        achievement::set_picture(&admin, id, file, bytes).await.unwrap();
        let revision = achievement::load(&admin, id).await.unwrap().revision;
        achievement::publish(&admin, id, revision).await.unwrap();
        let stored = service::files::open(&admin, file).await.unwrap().file;
        assert_eq!(stored.media_type, kind);
        let shown = achievement::image(&admin, id, None, Format::Png).await.unwrap();
        assert_eq!(shown == Image::Uploaded(file), is_uploaded, "{kind}");
        let shown = achievement::image(&admin, id, None, Format::Svg).await.unwrap();
        assert_eq!(shown, Image::Uploaded(file), "{kind}");
    }
}

#[tokio::test]
async fn a_badge_put_away_keeps_its_page_and_cannot_be_asked_for() {
    let school = School::new().await;
    let admin = school.somebody(Role::Admin).await;
    let bends = school.competency("RIV.1").await;
    let small = published(&admin, &badge("Small", mastered(bends))).await;
    achievement::archive(&admin, small).await.unwrap();
    assert!(!achievement::view(&admin, small).await.unwrap().is_open);

    let large: AchievementId = admin.new_id();
    achievement::create(&admin, large, &badge("Large", held(&[small])))
        .await
        .unwrap();
    assert_eq!(
        faults(achievement::publish(&admin, large, 1).await)[0].1,
        "badge-unpublished"
    );
    achievement::restore(&admin, small).await.unwrap();
    achievement::publish(&admin, large, 1).await.unwrap();
}
