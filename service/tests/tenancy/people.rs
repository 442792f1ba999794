//! Members, their roles, and owners.

use std::sync::Arc;

use domain::tenancy::Role;
use entity::tenancy::membership;
use sea_orm::{ColumnTrait, ConnectionTrait, DbBackend, Statement};
use service::{
    Error, Installation, audit,
    db::Scope,
    tenancy::{self, PeopleFilter},
    testing::TestInstallation,
};

use crate::world::{Ridgeway, is_not_found, is_refused, member, person, reason, ridgeway};

#[tokio::test]
async fn the_last_owner_stays_one() {
    let cairn = TestInstallation::new().await;
    let Ridgeway { owner, owner_id } = ridgeway(&cairn).await;
    let demoted = tenancy::change_role(&owner, owner_id, "owner", "admin").await;
    assert!(is_refused(&demoted, "last-owner"));
    let ended = tenancy::end_membership(&owner, owner_id).await;
    assert!(is_refused(&ended, "last-owner"));

    let (_, second) = member(&cairn, &owner, "mabel@fallow.example", Role::Owner).await;
    tenancy::end_membership(&owner, owner_id).await.unwrap();
    let alone = tenancy::end_membership(&owner, second).await;
    assert!(is_refused(&alone, "last-owner"));
}

#[tokio::test]
async fn two_owners_who_unmake_each_other_at_once_leave_one() {
    let cairn = TestInstallation::new().await;
    let Ridgeway { owner, owner_id } = ridgeway(&cairn).await;
    let (second, second_id) = member(&cairn, &owner, "mabel@fallow.example", Role::Owner).await;
    let (one, two) = tokio::join!(
        tenancy::change_role(&owner, second_id, "owner", "learner"),
        tenancy::change_role(&second, owner_id, "owner", "learner"),
    );
    assert!(one.is_ok() != two.is_ok(), "{one:?} {two:?}");
}

#[tokio::test]
async fn an_admin_changes_roles_below_an_owners_and_others_change_none() {
    let cairn = TestInstallation::new().await;
    let Ridgeway { owner, owner_id } = ridgeway(&cairn).await;
    let (admin, _) = member(&cairn, &owner, "adele@fallow.example", Role::Admin).await;
    let (learner, learner_id) = member(&cairn, &owner, "mabel@fallow.example", Role::Learner).await;
    let (instructor, _) = member(&cairn, &owner, "ivo@fallow.example", Role::Instructor).await;

    tenancy::change_role(&admin, learner_id, "learner", "assessor")
        .await
        .unwrap();
    let owner_made = tenancy::change_role(&admin, learner_id, "assessor", "owner").await;
    assert_eq!(reason(owner_made), ("role".to_owned(), "role-above".to_owned()));
    let owner_unmade = tenancy::change_role(&admin, owner_id, "owner", "learner").await;
    assert!(is_refused(&owner_unmade, "role-above"));
    assert!(is_refused(
        &tenancy::end_membership(&admin, owner_id).await,
        "role-above"
    ));
    let owner_invited = tenancy::invite(&admin, admin.new_id(), "new@fallow.example", "owner").await;
    assert_eq!(
        reason(owner_invited),
        ("role".to_owned(), "role-above".to_owned())
    );

    for ctx in [&learner, &instructor] {
        assert!(is_not_found(
            &tenancy::people(ctx, PeopleFilter::default(), 1).await
        ));
        assert!(is_not_found(
            &tenancy::change_role(ctx, learner_id, "assessor", "learner").await
        ));
        assert!(is_not_found(&tenancy::end_membership(ctx, learner_id).await));
        assert!(is_not_found(&tenancy::settings(ctx).await));
        assert!(is_not_found(&tenancy::invitations(ctx, 1).await));
        assert!(is_not_found(&audit::list(ctx, 1).await));
    }
}

#[tokio::test]
async fn a_role_that_somebody_else_changed_meanwhile_is_not_changed_blindly() {
    let cairn = TestInstallation::new().await;
    let Ridgeway { owner, .. } = ridgeway(&cairn).await;
    let (_, id) = member(&cairn, &owner, "mabel@fallow.example", Role::Learner).await;
    tenancy::change_role(&owner, id, "learner", "assessor")
        .await
        .unwrap();
    let stale = tenancy::change_role(&owner, id, "learner", "instructor").await;
    assert!(matches!(stale, Err(Error::Stale)));
    // The same button pressed twice.
    tenancy::change_role(&owner, id, "learner", "assessor")
        .await
        .unwrap();
}

#[tokio::test]
async fn people_are_found_by_a_part_of_their_name_or_address() {
    let cairn = TestInstallation::new().await;
    let Ridgeway { owner, .. } = ridgeway(&cairn).await;
    for (name, email) in [
        ("Bertil Åkesson", "bertil@fallow.example"),
        ("Ana 100% Real", "ana_r@fallow.example"),
    ] {
        let id = person(&cairn, name, email).await;
        tenancy::add_member(&owner, id, Role::Learner).await.unwrap();
    }
    let found = async |search: &str| {
        let filter = PeopleFilter { search, role: None };
        let list = tenancy::people(&owner, filter, 1).await.unwrap();
        list.rows
            .into_iter()
            .map(|member| member.name)
            .collect::<Vec<_>>()
    };
    assert_eq!(
        found("").await,
        ["Ana 100% Real", "Bertil Åkesson", "Olive Crane"]
    );
    assert_eq!(found("BERT").await, ["Bertil Åkesson"]);
    assert_eq!(found("kesson").await, ["Bertil Åkesson"]);
    assert_eq!(found("ridgeway.example").await, ["Olive Crane"]);
    assert_eq!(found("100%").await, ["Ana 100% Real"]);
    assert_eq!(found("a_r").await, ["Ana 100% Real"]);
    assert!(found("%").await.len() == 1 && found("\\").await.is_empty());
    let owners = PeopleFilter {
        search: "",
        role: Some(Role::Owner),
    };
    assert_eq!(tenancy::people(&owner, owners, 1).await.unwrap().total, 1);
}

#[tokio::test]
async fn who_is_made_an_owner_meanwhile_is_not_unmade_by_an_admin() {
    let cairn = TestInstallation::new().await;
    let Ridgeway { owner, .. } = ridgeway(&cairn).await;
    let (admin, _) = member(&cairn, &owner, "adele@fallow.example", Role::Admin).await;
    let (_, mabel) = member(&cairn, &owner, "mabel@fallow.example", Role::Learner).await;

    let promotion = owner.write().await.unwrap();
    promotion
        .change::<membership::Entity>()
        .filter(membership::Column::Id.eq(mabel))
        .set(membership::Column::Role, Role::Owner.as_str())
        .apply()
        .await
        .unwrap();
    let demotion =
        tokio::spawn(async move { tenancy::change_role(&admin, mabel, "learner", "assessor").await });
    somebody_waits(&cairn).await;
    promotion.commit().await.unwrap();
    assert!(is_refused(&demotion.await.unwrap(), "role-above"));
    assert_eq!(tenancy::member(&owner, mabel).await.unwrap().role, Role::Owner);
}

/// Until a transaction waits for another. (`SQLite` lets one write at a time
/// anyway.)
async fn somebody_waits(installation: &Arc<Installation>) {
    if installation.db.engine() != DbBackend::Postgres {
        return;
    }
    let waiting = "SELECT 1 FROM pg_locks WHERE NOT granted";
    for _ in 0..100_000 {
        let tx = installation.db.read(Scope::System).await.unwrap();
        let found = tx
            .query_one_raw(Statement::from_string(DbBackend::Postgres, waiting))
            .await;
        if found.unwrap().is_some() {
            return;
        }
    }
    panic!("nobody waits");
}
