//! Invitations.

use std::time::Duration;

use domain::{id::InvitationId, tenancy::Role};
use service::{
    tenancy::{self, InvitationState, PeopleFilter},
    testing::TestInstallation,
};

use crate::world::{
    Ridgeway, actions, enter, invitation_token, is_not_found, is_refused, member, own, person, reason,
    ridgeway,
};

#[tokio::test]
async fn an_invitation_is_for_one_address_and_makes_one_member() {
    let cairn = TestInstallation::new().await;
    let Ridgeway { owner, .. } = ridgeway(&cairn).await;
    let mabel = person(&cairn, "Mabel Heron", "mabel@fallow.example").await;
    let odo = person(&cairn, "Odo Marsh", "odo@marsh.example").await;
    let id: InvitationId = owner.new_id();
    for _ in 0..2 {
        tenancy::invite(&owner, id, "Mabel@Fallow.example", "instructor")
            .await
            .unwrap();
    }
    let token = invitation_token(&cairn).await;

    let other = tenancy::accept_invitation(&own(&cairn, odo), &token).await;
    assert!(is_refused(&other, "invitation-other-address"));
    for _ in 0..2 {
        let slug = tenancy::accept_invitation(&own(&cairn, mabel), &token)
            .await
            .unwrap();
        assert_eq!(slug, "ridgeway");
    }
    let ctx = enter(&cairn, "ridgeway", mabel).await;
    assert_eq!(ctx.actor().role, Some(Role::Instructor));
    assert_eq!(
        tenancy::people(&owner, PeopleFilter::default(), 1)
            .await
            .unwrap()
            .total,
        2
    );
    let member_already = tenancy::invite(&owner, owner.new_id(), "mabel@fallow.example", "learner").await;
    assert_eq!(
        reason(member_already),
        ("email".to_owned(), "already-member".to_owned())
    );
}

#[tokio::test]
async fn an_invitation_that_is_over_admits_nobody() {
    let cairn = TestInstallation::new().await;
    let Ridgeway { owner, .. } = ridgeway(&cairn).await;
    let mabel = person(&cairn, "Mabel Heron", "mabel@fallow.example").await;
    let invite = async |role: &str| {
        let id: InvitationId = owner.new_id();
        tenancy::invite(&owner, id, "mabel@fallow.example", role)
            .await
            .unwrap();
        (id, invitation_token(&cairn).await)
    };
    let (first, replaced) = invite("learner").await;
    let (second, revoked) = invite("assessor").await;
    for _ in 0..2 {
        tenancy::revoke_invitation(&owner, second).await.unwrap();
    }
    let (third, expired) = invite("assessor").await;
    cairn.pass(Duration::from_hours(7 * 24));
    for token in [replaced, revoked, expired] {
        let answer = tenancy::accept_invitation(&own(&cairn, mabel), &token).await;
        assert!(is_refused(&answer, "invitation-over"));
    }
    let listed = tenancy::invitations(&owner, 1).await.unwrap().rows;
    let state_of = |id| {
        listed
            .iter()
            .find(|invitation| invitation.id == id)
            .unwrap()
            .state
    };
    assert_eq!(
        [first, second, third].map(state_of),
        [
            InvitationState::Revoked,
            InvitationState::Revoked,
            InvitationState::Expired
        ]
    );
    for nonsense in ["x", "", &"A".repeat(64), &"A".repeat(5_000)] {
        assert!(is_not_found(&tenancy::invitation(&cairn, nonsense).await));
    }
}

#[tokio::test]
async fn an_invitation_never_lowers_what_a_member_is() {
    let cairn = TestInstallation::new().await;
    let Ridgeway { owner, .. } = ridgeway(&cairn).await;
    let mabel = person(&cairn, "Mabel Heron", "mabel@fallow.example").await;
    tenancy::invite(&owner, owner.new_id(), "mabel@fallow.example", "learner")
        .await
        .unwrap();
    let token = invitation_token(&cairn).await;
    tenancy::add_member(&owner, mabel, Role::Admin).await.unwrap();
    tenancy::accept_invitation(&own(&cairn, mabel), &token)
        .await
        .unwrap();
    let ctx = enter(&cairn, "ridgeway", mabel).await;
    assert_eq!(ctx.actor().role, Some(Role::Admin));
}

#[tokio::test]
async fn what_somebody_may_no_longer_offer_is_taken_back() {
    let cairn = TestInstallation::new().await;
    let Ridgeway { owner, .. } = ridgeway(&cairn).await;
    let (second, second_id) = member(&cairn, &owner, "mabel@fallow.example", Role::Owner).await;
    let offer = async |email: &str, role: &str| {
        tenancy::invite(&second, second.new_id(), email, role)
            .await
            .unwrap();
        invitation_token(&cairn).await
    };
    let ownership = offer("odo@marsh.example", "owner").await;
    let learning = offer("ivo@marsh.example", "learner").await;
    let state = async |token: &str| tenancy::invitation(&cairn, token).await.unwrap().state;

    tenancy::change_role(&owner, second_id, "owner", "admin")
        .await
        .unwrap();
    assert_eq!(state(&ownership).await, InvitationState::Revoked);
    assert_eq!(state(&learning).await, InvitationState::Waiting);
    tenancy::end_membership(&owner, second_id).await.unwrap();
    assert_eq!(state(&learning).await, InvitationState::Revoked);
    let taken_back = actions(&owner).await;
    let taken_back = taken_back.iter().filter(|action| *action == "invitation-revoked");
    assert_eq!(taken_back.count(), 2);
}
