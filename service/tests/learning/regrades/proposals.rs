//! What can be proposed, by whom, and what a preview says.

use std::time::Duration;

use domain::{assessment::RegradeState, mastery::Outcome, tenancy::Role};
use entity::assessment::amendment;
use serde_json::json;
use service::{
    Error,
    assessment::{
        attempt,
        regrade::{self, Chosen, Proposal},
    },
    testing::faults,
};

use super::{Asked, ONE, form, proposal, work};
use crate::world::{World, add_tenant, cut_score, essay, join, take, text_item};

#[tokio::test]
async fn what_was_shown_before_is_what_happens() {
    for chosen in [Chosen::Key, Chosen::FullCredit, Chosen::Drop] {
        let asked = Asked::new().await;
        for marks in ["+", "-", "", "+", "-"] {
            asked.sat(marks).await;
        }
        let (_, id) = asked.applied(chosen).await;
        let row = asked.row(id).await;
        assert_eq!(row.preview, row.changes, "{chosen:?}");
        assert_eq!((row.looked_at, row.attempts), (5, 5));
        let tx = asked.world.look().await;
        let amended = tx.rows::<amendment::Entity>().all().await.unwrap();
        assert_eq!(amended.len(), 5, "{chosen:?}");
    }
}

#[tokio::test]
async fn one_question_of_an_assessment_is_regraded_at_a_time() {
    let asked = Asked::new().await;
    asked.sat("-").await;
    let (instructor, id) = asked.proposed(Chosen::Drop).await;
    let second = proposal(&instructor, Chosen::Key, asked.mended);
    let refused = regrade::propose(&instructor, asked.assessment, asked.version, second.clone()).await;
    assert!(matches!(refused, Err(Error::Refused("regrade-open"))));
    regrade::discard(&instructor, id).await.unwrap();
    assert!(matches!(
        regrade::confirm(&instructor, id).await,
        Err(Error::Stale)
    ));
    let first = regrade::propose(&instructor, asked.assessment, asked.version, second.clone()).await;
    let again = regrade::propose(&instructor, asked.assessment, asked.version, second).await;
    assert_eq!(first.unwrap(), again.unwrap());
    let early = asked.world.member(Role::Instructor).await;
    let open = regrade::regradable(&early, asked.assessment, asked.version)
        .await
        .unwrap()
        .open;
    let early = regrade::confirm(&early, open.unwrap()).await;
    assert!(matches!(early, Err(Error::Refused("regrade-not-ready"))));
}

#[tokio::test]
async fn a_version_that_asks_something_else_scores_nothing() {
    let asked = Asked::new().await;
    asked.sat("-").await;
    let instructor = asked.member(Role::Instructor).await;
    let mut other = text_item();
    other["responses"][0]["identifier"] = json!("S");
    other["body"][0]["interaction"]["response"] = json!("S");
    let unlike = {
        let world = World::new().await;
        let competency = world.competency(cut_score(1, 100)).await;
        let version = world.item(competency, "assessment", &text_item()).await;
        let unlike = world.mended(version, &other).await;
        let assessment = form(&world, competency, &[version], 100).await;
        take(&world.learner().await, assessment, "-").await;
        work(&world).await;
        let instructor = world.member(Role::Instructor).await;
        let refused = regrade::propose(
            &instructor,
            assessment,
            version,
            proposal(&instructor, Chosen::Key, unlike),
        )
        .await;
        assert_eq!(
            faults(refused),
            [("version".to_owned(), "regrade-other-responses".to_owned())]
        );
        unlike
    };
    let mut empty = proposal(&instructor, Chosen::Key, unlike);
    empty.reason = " ".to_owned();
    empty.told = "x".repeat(1_001);
    let refused = regrade::propose(&instructor, asked.assessment, asked.version, empty).await;
    let fields: Vec<_> = faults(refused).into_iter().map(|(field, _)| field).collect();
    assert_eq!(fields, ["version", "reason", "told"]);
}

#[tokio::test]
async fn who_may_not_regrade_and_another_tenant_find_nothing() {
    let asked = Asked::new().await;
    asked.sat("-").await;
    let (_, id) = asked.proposed(Chosen::Key).await;
    let elsewhere = add_tenant(&asked.world.installation, "elsewhere").await;
    let strangers = [
        asked.member(Role::Learner).await,
        asked.member(Role::Assessor).await,
        join(&asked.world.installation, elsewhere, Role::Owner).await,
    ];
    for stranger in strangers {
        let (assessment, version) = (asked.assessment, asked.version);
        assert!(matches!(
            regrade::regradable(&stranger, assessment, version).await,
            Err(Error::NotFound)
        ));
        let proposed = proposal(&stranger, Chosen::Drop, asked.mended);
        let proposed = regrade::propose(&stranger, assessment, version, proposed).await;
        assert!(matches!(proposed, Err(Error::NotFound)));
        assert!(matches!(regrade::show(&stranger, id).await, Err(Error::NotFound)));
        assert!(matches!(
            regrade::confirm(&stranger, id).await,
            Err(Error::NotFound)
        ));
        assert!(matches!(
            regrade::discard(&stranger, id).await,
            Err(Error::NotFound)
        ));
        let award = stranger.new_id();
        let withdrawn = regrade::withdraw_all(&stranger, &[award], "No ground").await;
        assert!(matches!(withdrawn, Err(Error::NotFound)));
        assert!(matches!(
            regrade::keep(&stranger, award).await,
            Err(Error::NotFound)
        ));
    }
    assert_eq!(asked.row(id).await.state, RegradeState::Ready);
}

#[tokio::test]
async fn full_credit_is_refused_where_a_rule_goes_by_marks() {
    let by_level = json!({ "kind": "rubric-level", "level": 1, "assessors": 1 });
    let world = World::new().await;
    let competency = world.competency(by_level).await;
    let written = world.item(competency, "assessment", &essay()).await;
    let assessment = world.assessment(competency, 1, json!({})).await;
    take(&world.learner().await, assessment, "").await;
    work(&world).await;
    let instructor = world.member(Role::Instructor).await;
    let credit = proposal(&instructor, Chosen::FullCredit, written);
    let refused = regrade::propose(&instructor, assessment, written, credit).await;
    assert_eq!(
        faults(refused),
        [("remedy".to_owned(), "regrade-marks-decide".to_owned())]
    );
    let dropped = proposal(&instructor, Chosen::Drop, written);
    regrade::propose(&instructor, assessment, written, dropped)
        .await
        .unwrap();
}

#[tokio::test]
async fn a_regrade_is_undone_by_the_version_that_was_asked() {
    let asked = Asked::new().await;
    let (learner, attempt) = asked.sat("+").await;
    let (instructor, _) = asked.applied(Chosen::Key).await;
    let others = regrade::regradable(&instructor, asked.assessment, asked.version)
        .await
        .unwrap()
        .others;
    assert!(
        others
            .iter()
            .any(|it| it.id == asked.version && it.difference.is_none())
    );
    asked.world.installation.pass(Duration::from_mins(1));
    let undo = proposal(&instructor, Chosen::Key, asked.version);
    let id = regrade::propose(&instructor, asked.assessment, asked.version, undo)
        .await
        .unwrap();
    work(&asked.world).await;
    regrade::confirm(&instructor, id).await.unwrap();
    work(&asked.world).await;
    let result = attempt::result(&learner, attempt).await.unwrap();
    assert_eq!(
        (result.points, result.outcome),
        (Some(ONE), Some(Outcome::Mastered))
    );
}

#[tokio::test]
async fn a_form_whose_proposal_was_given_up_is_not_taken_for_that_one() {
    let asked = Asked::new().await;
    asked.sat("-").await;
    let instructor = asked.member(Role::Instructor).await;
    let mut sent = proposal(&instructor, Chosen::Drop, asked.mended);
    let propose = async |sent: &Proposal| {
        regrade::propose(&instructor, asked.assessment, asked.version, sent.clone()).await
    };
    propose(&sent).await.unwrap();
    propose(&sent).await.unwrap();
    sent.told = "It had two right answers.".to_owned();
    let other = propose(&sent).await;
    assert!(matches!(other, Err(Error::Refused("regrade-open"))));
    regrade::discard(&instructor, sent.id).await.unwrap();
    assert_eq!(
        faults(propose(&sent).await),
        [("remedy".to_owned(), "regrade-sent-before".to_owned())]
    );
    sent.id = instructor.new_id();
    propose(&sent).await.unwrap();
}

#[tokio::test]
async fn a_preview_names_nobody() {
    let asked = Asked::new().await;
    asked.sat("-").await;
    let (instructor, id) = asked.proposed(Chosen::Key).await;
    let names = async || {
        let sheet = regrade::show(&instructor, id).await.unwrap();
        sheet.listed.into_iter().map(|it| it.name).collect::<Vec<_>>()
    };
    assert_eq!(names().await, [None]);
    regrade::confirm(&instructor, id).await.unwrap();
    work(&asked.world).await;
    assert_eq!(names().await, [Some("Wren Overbrook".to_owned())]);
}
