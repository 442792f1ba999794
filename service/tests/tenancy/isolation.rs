//! One tenant beside another.

use domain::{id::InvitationId, tenancy::Role};
use service::{
    tenancy::{self, PeopleFilter},
    testing::TestInstallation,
};

use crate::world::{Ridgeway, actions, enter, is_not_found, new_tenant, person, ridgeway};

#[tokio::test]
async fn nothing_of_another_tenant_is_seen_or_changed() {
    let cairn = TestInstallation::new().await;
    let Ridgeway { owner, owner_id } = ridgeway(&cairn).await;
    let stranger = person(&cairn, "Sten Moor", "sten@moor.example").await;
    let other = new_tenant(&cairn, "moorside");
    let other_id = other.id;
    tenancy::create(&cairn.system(), stranger, other).await.unwrap();
    tenancy::add_member(&cairn.system().in_tenant(other_id), stranger, Role::Owner)
        .await
        .unwrap();
    let moorside = enter(&cairn, "moorside", stranger).await;

    let id: InvitationId = owner.new_id();
    tenancy::invite(&owner, id, "new@fallow.example", "learner")
        .await
        .unwrap();
    assert!(is_not_found(&tenancy::member(&moorside, owner_id).await));
    assert!(is_not_found(
        &tenancy::change_role(&moorside, owner_id, "owner", "learner").await
    ));
    assert!(is_not_found(&tenancy::end_membership(&moorside, owner_id).await));
    assert!(is_not_found(&tenancy::revoke_invitation(&moorside, id).await));
    assert!(tenancy::invitations(&moorside, 1).await.unwrap().rows.is_empty());
    let people = tenancy::people(&moorside, PeopleFilter::default(), 1)
        .await
        .unwrap();
    assert_eq!(people.rows.len(), 1);
    assert_eq!(people.rows[0].name, "Sten Moor");
    assert!(
        actions(&moorside)
            .await
            .iter()
            .all(|action| action != "invitation-sent")
    );
    let visiting = enter(&cairn, "ridgeway", stranger).await;
    assert!(is_not_found(
        &tenancy::people(&visiting, PeopleFilter::default(), 1).await
    ));
}
