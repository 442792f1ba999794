//! Making tenants.

use domain::tenancy::Role;
use service::{
    tenancy::{self, InvitationState, NewTenant},
    testing::TestInstallation,
};

use crate::world::{actions, enter, invitation_token, new_tenant, own, person, reason};

#[tokio::test]
async fn an_operator_makes_a_tenant_whose_first_owner_comes_by_invitation() {
    let cairn = TestInstallation::new().await;
    let operator = person(&cairn, "Ansgar Pike", "ansgar@cairn.example").await;
    let olive = person(&cairn, "Olive Crane", "olive@ridgeway.example").await;
    let new = NewTenant {
        owner: Some("olive@ridgeway.example"),
        ..new_tenant(&cairn, "ridgeway")
    };
    let slug = tenancy::create(&cairn.system(), operator, new).await.unwrap();
    assert_eq!(slug.as_str(), "ridgeway");

    let token = invitation_token(&cairn).await;
    let invited = tenancy::invitation(&cairn, &token).await.unwrap();
    assert_eq!(
        (invited.tenant.as_str(), invited.role, invited.state),
        ("Ridgeway College", Role::Owner, InvitationState::Waiting)
    );
    tenancy::accept_invitation(&own(&cairn, olive), &token)
        .await
        .unwrap();
    let owner = enter(&cairn, "ridgeway", olive).await;
    assert_eq!(owner.actor().role, Some(Role::Owner));
    assert_eq!(
        actions(&owner).await,
        ["invitation-accepted", "invitation-sent", "tenant-created"]
    );
}

#[tokio::test]
async fn a_tenant_made_twice_by_one_form_is_one_and_an_address_is_nobody_elses() {
    let cairn = TestInstallation::new().await;
    let operator = person(&cairn, "Ansgar Pike", "ansgar@cairn.example").await;
    let new = new_tenant(&cairn, "ridgeway");
    tenancy::create(&cairn.system(), operator, new.clone())
        .await
        .unwrap();
    tenancy::create(&cairn.system(), operator, new).await.unwrap();
    assert_eq!(tenancy::list(&cairn.system()).await.unwrap().len(), 1);

    let taken = tenancy::create(&cairn.system(), operator, new_tenant(&cairn, "ridgeway")).await;
    assert_eq!(reason(taken), ("slug".to_owned(), "slug-taken".to_owned()));
    for (new, field) in [
        (new_tenant(&cairn, "Ridgeway"), "slug"),
        (
            NewTenant {
                name: "",
                ..new_tenant(&cairn, "other")
            },
            "name",
        ),
        (
            NewTenant {
                accent: "blue",
                ..new_tenant(&cairn, "other")
            },
            "accent",
        ),
        (
            NewTenant {
                languages: "",
                ..new_tenant(&cairn, "other")
            },
            "languages",
        ),
        (
            NewTenant {
                owner: Some("x"),
                ..new_tenant(&cairn, "other")
            },
            "owner",
        ),
    ] {
        let answer = tenancy::create(&cairn.system(), operator, new).await;
        assert_eq!(reason(answer).0, field);
    }
}
