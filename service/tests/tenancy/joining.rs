//! Joining by oneself, and coming back.

use domain::{id::PersonId, tenancy::Role};
use service::{
    identity::{self, NewPerson},
    tenancy::{self, Joining},
    testing::TestInstallation,
};

use crate::world::{
    PASSWORD, Ridgeway, enter, invitation_token, is_not_found, is_refused, member, own, person, ridgeway,
    set_policy,
};

#[tokio::test]
async fn who_may_join_follows_the_policy() {
    let cairn = TestInstallation::new().await;
    let Ridgeway { owner, .. } = ridgeway(&cairn).await;
    let near = person(&cairn, "Mabel Heron", "mabel@fallow.example").await;
    let far = person(&cairn, "Odo Marsh", "odo@sub.fallow.example").await;
    let joining = async |person| {
        let ctx = enter(&cairn, "ridgeway", person).await;
        tenancy::joining(&ctx).await.unwrap()
    };
    for (policy, near_may, far_may) in [
        (
            "invitation-only",
            Joining::NeedsInvitation,
            Joining::NeedsInvitation,
        ),
        ("email-domains", Joining::Open, Joining::NeedsInvitation),
        ("open", Joining::Open, Joining::Open),
    ] {
        set_policy(&owner, policy, "fallow.example").await;
        assert_eq!(
            (joining(near).await, joining(far).await),
            (near_may, far_may),
            "{policy}"
        );
    }

    set_policy(&owner, "email-domains", "fallow.example").await;
    let refused = tenancy::join(&enter(&cairn, "ridgeway", far).await).await;
    assert!(is_refused(&refused, "join-needs-invitation"));
    for _ in 0..2 {
        tenancy::join(&enter(&cairn, "ridgeway", near).await)
            .await
            .unwrap();
    }
    assert_eq!(joining(near).await, Joining::Member);
    let ctx = enter(&cairn, "ridgeway", near).await;
    assert_eq!(ctx.actor().role, Some(Role::Learner));
}

#[tokio::test]
async fn an_address_that_was_never_confirmed_opens_no_door() {
    let cairn = TestInstallation::new().await;
    let Ridgeway { owner, .. } = ridgeway(&cairn).await;
    set_policy(&owner, "open", "").await;
    let id: PersonId = cairn.new_id();
    let form = identity::SignUp {
        person: NewPerson {
            id,
            name: "Mabel Heron",
            email: "mabel@fallow.example",
            password: PASSWORD,
            locale: None,
        },
        back: None,
    };
    identity::sign_up(&cairn, form).await.unwrap();
    let refused = tenancy::join(&enter(&cairn, "ridgeway", id).await).await;
    assert!(is_refused(&refused, "join-needs-invitation"));
}

#[tokio::test]
async fn whose_membership_was_ended_comes_back_by_invitation_only() {
    let cairn = TestInstallation::new().await;
    let Ridgeway { owner, .. } = ridgeway(&cairn).await;
    set_policy(&owner, "open", "").await;
    let (mabel, id) = member(&cairn, &owner, "mabel@fallow.example", Role::Instructor).await;
    tenancy::end_membership(&owner, id).await.unwrap();
    assert!(is_not_found(&tenancy::member(&owner, id).await));
    let person = mabel.person().unwrap();
    let outside = enter(&cairn, "ridgeway", person).await;
    assert_eq!(outside.actor().role, None);
    assert!(is_refused(&tenancy::join(&outside).await, "join-ended"));
    assert!(tenancy::mine(&own(&cairn, person)).await.unwrap().is_empty());

    tenancy::invite(&owner, owner.new_id(), "mabel@fallow.example", "learner")
        .await
        .unwrap();
    let token = invitation_token(&cairn).await;
    tenancy::accept_invitation(&own(&cairn, person), &token)
        .await
        .unwrap();
    let mine = tenancy::mine(&own(&cairn, person)).await.unwrap();
    assert_eq!(
        (mine[0].tenant.slug.as_str(), mine[0].role),
        ("ridgeway", Role::Learner)
    );
}
