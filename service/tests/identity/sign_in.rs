//! Signing in, and guessing.

use std::{sync::Arc, time::Duration};

use service::{Error, identity, testing::TestInstallation};

use crate::people::{EMAIL, OTHER_PASSWORD, PASSWORD, account, can_sign_in, reason};

#[tokio::test]
async fn a_wrong_password_and_an_unknown_address_are_answered_alike() {
    let cairn = TestInstallation::new().await;
    account(&cairn, EMAIL).await;
    let wrong = reason(identity::sign_in(&cairn, EMAIL, OTHER_PASSWORD).await);
    let unknown = reason(identity::sign_in(&cairn, "odo@marsh.example", PASSWORD).await);
    assert_eq!(wrong, unknown);
}

#[tokio::test]
async fn after_five_wrong_tries_an_account_is_locked_for_a_while_whether_or_not_it_exists() {
    let cairn = TestInstallation::new().await;
    account(&cairn, EMAIL).await;
    for email in [EMAIL, "odo@marsh.example"] {
        for _ in 0..5 {
            reason(identity::sign_in(&cairn, email, OTHER_PASSWORD).await);
        }
        let locked = identity::sign_in(&cairn, email, PASSWORD).await;
        assert!(
            matches!(locked, Err(Error::TooMany(pause)) if pause == Duration::from_secs(30)),
            "{locked:?}"
        );
    }
    cairn.pass(Duration::from_secs(30));
    assert!(can_sign_in(&cairn, EMAIL, PASSWORD).await);
}

#[tokio::test]
async fn each_wrong_try_after_a_lock_doubles_the_next_one() {
    let cairn = TestInstallation::new().await;
    account(&cairn, EMAIL).await;
    for _ in 0..5 {
        reason(identity::sign_in(&cairn, EMAIL, OTHER_PASSWORD).await);
    }
    cairn.pass(Duration::from_secs(30));
    reason(identity::sign_in(&cairn, EMAIL, OTHER_PASSWORD).await);
    let locked = identity::sign_in(&cairn, EMAIL, PASSWORD).await;
    assert!(matches!(locked, Err(Error::TooMany(pause)) if pause == Duration::from_mins(1)));
}

#[tokio::test]
async fn tries_made_at_once_are_all_counted() {
    let cairn = TestInstallation::new().await;
    account(&cairn, EMAIL).await;
    let tries: Vec<_> = (0..12)
        .map(|_| {
            let installation = Arc::clone(&cairn);
            tokio::spawn(async move { identity::sign_in(&installation, EMAIL, OTHER_PASSWORD).await })
        })
        .collect();
    let mut checked = 0;
    for answer in tries {
        if matches!(answer.await.unwrap(), Err(Error::Invalid(_))) {
            checked += 1;
        }
    }
    assert_eq!(checked, 5);
}

#[tokio::test]
async fn guessing_the_current_password_is_limited_like_signing_in() {
    let cairn = TestInstallation::new().await;
    let ctx = account(&cairn, EMAIL).await;
    for _ in 0..5 {
        reason(identity::change_password(&ctx, OTHER_PASSWORD, PASSWORD, None).await);
    }
    let locked = identity::change_password(&ctx, PASSWORD, OTHER_PASSWORD, None).await;
    assert!(matches!(locked, Err(Error::TooMany(_))));
}
