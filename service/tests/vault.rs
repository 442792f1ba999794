//! The master key that belongs to a database, and others.

#![expect(clippy::unwrap_used, reason = "a test that cannot be set up must fail")]

use sea_orm::ConnectionTrait;
use service::{
    Error, MasterKey, OsChance, Result, Vault, VaultError, credential,
    db::{Db, Scope},
    testing::{School, TestInstallation},
};

/// Another master key than the harness has.
fn another() -> Vault {
    Vault::new(&MasterKey::new(&mut [8; 32]).unwrap())
}

async fn is_refused(vault: &Vault, db: &Db) -> bool {
    let proved: Result<()> = vault.prove(db, &OsChance).await;
    matches!(proved, Err(Error::Vault(VaultError::DoesNotOpen)))
}

/// A tenant that has a key to sign with.
async fn signing_school() -> School {
    let school = School::new().await;
    let ctx = school.cairn.system().in_tenant(school.tenant);
    let tx = ctx.write().await.unwrap();
    credential::make_signing_key(&ctx, &tx).await.unwrap();
    tx.commit().await.unwrap();
    school
}

#[tokio::test]
async fn a_database_goes_on_with_the_key_that_it_began_with_and_no_other() {
    let cairn = TestInstallation::new().await;
    assert!(!Vault::is_in_use(&cairn.db).await.unwrap());
    cairn.vault.prove(&cairn.db, &OsChance).await.unwrap();
    assert!(Vault::is_in_use(&cairn.db).await.unwrap());
    assert!(is_refused(&another(), &cairn.db).await);
    cairn.vault.prove(&cairn.db, &OsChance).await.unwrap();
}

#[tokio::test]
async fn of_several_keys_that_come_at_once_one_is_taken() {
    let cairn = TestInstallation::new().await;
    let other = another();
    let (own, others) = tokio::join!(
        cairn.vault.prove(&cairn.db, &OsChance),
        other.prove(&cairn.db, &OsChance)
    );
    assert_ne!(own.is_ok(), others.is_ok(), "{own:?} {others:?}");
}

#[tokio::test]
async fn a_database_that_was_sealed_before_there_was_a_canary_takes_its_own_key() {
    let school = signing_school().await;
    let cairn = &school.cairn;
    assert!(Vault::is_in_use(&cairn.db).await.unwrap());
    assert!(is_refused(&another(), &cairn.db).await);
    cairn.vault.prove(&cairn.db, &OsChance).await.unwrap();
    assert!(is_refused(&another(), &cairn.db).await);
}

/// As README.md says to do it.
#[tokio::test]
async fn a_database_whose_key_is_lost_can_go_on_with_another() {
    let school = signing_school().await;
    let cairn = &school.cairn;
    cairn.vault.prove(&cairn.db, &OsChance).await.unwrap();
    let tx = cairn.db.write(Scope::System).await.unwrap();
    tx.execute_unprepared(
        "UPDATE signing_key SET retired_at = created_at WHERE retired_at IS NULL; \
         DELETE FROM vault_canary;",
    )
    .await
    .unwrap();
    tx.commit().await.unwrap();
    assert!(!Vault::is_in_use(&cairn.db).await.unwrap());
    another().prove(&cairn.db, &OsChance).await.unwrap();
}
