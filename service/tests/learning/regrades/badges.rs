//! Badges whose ground is gone.

use domain::{mastery::Outcome, tenancy::Role};
use entity::{audit::audit_entry, credential::credential, program::groundless_award};
use sea_orm::ColumnTrait;
use service::{
    Error,
    assessment::{
        attempt,
        regrade::{self, Chosen},
    },
    credential as badges,
    testing::faults,
};

use super::Asked;

#[tokio::test]
async fn a_badge_without_ground_is_listed_and_falls_only_when_somebody_withdraws_it() {
    let asked = Asked::new().await;
    let (learner, attempt) = asked.sat("+").await;
    assert_eq!(asked.awards().await.len(), 2);
    let (instructor, id) = asked.applied(Chosen::Key).await;
    assert_eq!(
        attempt::result(&learner, attempt).await.unwrap().outcome,
        Some(Outcome::NotYet)
    );
    let sheet = regrade::show(&instructor, id).await.unwrap();
    assert_eq!(sheet.changes.badges[&asked.badge].lost, 1);
    let [lost] = &sheet.groundless[..] else {
        panic!("{:?}", sheet.groundless)
    };
    let revoked = async || {
        let tx = asked.world.look().await;
        let badges = tx.rows::<credential::Entity>().all().await.unwrap();
        badges.iter().filter(|row| row.revoked_at.is_some()).count()
    };
    assert_eq!(revoked().await, 0, "nobody has looked at it");
    let refused = regrade::withdraw(&instructor, lost.award, "The key was wrong.").await;
    assert!(
        matches!(refused, Err(Error::NotFound)),
        "instructors revoke no badges"
    );

    let admin = asked.member(Role::Admin).await;
    let without = regrade::withdraw(&admin, lost.award, " ").await;
    assert_eq!(
        faults(without),
        [("reason".to_owned(), "reason-missing".to_owned())]
    );
    for _ in 0..2 {
        regrade::withdraw(&admin, lost.award, "The key was wrong.")
            .await
            .unwrap();
    }
    assert_eq!(revoked().await, 2, "with what stacked on it");
    assert!(regrade::show(&admin, id).await.unwrap().groundless.is_empty());
    let tx = asked.world.look().await;
    let trail = tx.rows::<audit_entry::Entity>().all().await.unwrap();
    for action in ["regrade-proposed", "regrade-applied", "credential-revoked"] {
        assert!(trail.iter().any(|entry| entry.action == action), "{action}");
    }
}

#[tokio::test]
async fn a_badge_that_stands_again_is_not_withdrawn() {
    let asked = Asked::new().await;
    asked.sat("+").await;
    let (_, first) = asked.applied(Chosen::Key).await;
    let admin = asked.member(Role::Admin).await;
    let lost = regrade::show(&admin, first).await.unwrap().groundless[0].award;
    asked.applied(Chosen::FullCredit).await;
    let tx = asked.world.look().await;
    assert!(
        tx.rows::<groundless_award::Entity>()
            .all()
            .await
            .unwrap()
            .is_empty()
    );
    drop(tx);
    let gone = regrade::withdraw(&admin, lost, "The key was wrong.").await;
    assert!(matches!(gone, Err(Error::NotFound)));
}

#[tokio::test]
async fn only_the_badges_that_were_shown_are_withdrawn_and_one_may_stand() {
    let asked = Asked::new().await;
    for _ in 0..3 {
        asked.sat("+").await;
    }
    asked.applied(Chosen::Key).await;
    let admin = asked.member(Role::Admin).await;
    let listed = regrade::review(&admin).await.unwrap();
    assert!(listed.may_withdraw);
    let [one, other, third] = &listed.badges[..] else {
        panic!("{listed:?}")
    };
    let left = async || {
        let left = regrade::review(&admin).await.unwrap().badges;
        left.into_iter().map(|it| it.award).collect::<Vec<_>>()
    };
    regrade::withdraw_all(&admin, &[one.award], "The key was wrong.")
        .await
        .unwrap();
    assert_eq!(left().await, [other.award, third.award]);
    badges::revoke(&admin, third.credential.unwrap(), "Asked for by its holder.")
        .await
        .unwrap();
    assert_eq!(left().await, [other.award], "whatever it was revoked for");
    for _ in 0..2 {
        regrade::keep(&admin, other.award).await.unwrap();
    }
    assert!(left().await.is_empty());
    let refused = regrade::withdraw(&admin, other.award, "The key was wrong.").await;
    assert!(matches!(refused, Err(Error::NotFound)), "it stands");
    let tx = asked.world.look().await;
    let kept = tx.rows::<audit_entry::Entity>();
    let kept = kept.filter(audit_entry::Column::Action.eq("groundless-badge-kept"));
    assert_eq!(kept.count().await.unwrap(), 1);
}
