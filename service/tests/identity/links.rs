//! Links in mails: what they are good for, and how often.

use std::time::Duration;

use service::{
    identity::{self, SignIn},
    mail::Message,
    testing::TestInstallation,
};

use crate::people::{
    EMAIL, OTHER_PASSWORD, PASSWORD, account, is_alive, is_refused, no_mail, only_mail, reason, reset_token,
    session_of, sign_up, token_in,
};

#[tokio::test]
async fn a_link_works_once_and_only_for_its_time() {
    let cairn = TestInstallation::new().await;
    account(&cairn, EMAIL).await;
    let token = reset_token(&cairn, EMAIL).await;
    identity::reset_password(&cairn, &token, OTHER_PASSWORD)
        .await
        .unwrap();
    let again = identity::reset_password(&cairn, &token, PASSWORD).await;
    assert!(is_refused(again, "link-expired"));

    only_mail(&cairn).await;
    let token = reset_token(&cairn, EMAIL).await;
    cairn.pass(Duration::from_hours(1));
    let late = identity::reset_password(&cairn, &token, PASSWORD).await;
    assert!(is_refused(late, "link-expired"));
    for nonsense in ["", "x", "%%%", &"A".repeat(5_000)] {
        let answer = identity::reset_password(&cairn, nonsense, PASSWORD).await;
        assert!(is_refused(answer, "link-expired"));
    }
}

#[tokio::test]
async fn a_link_for_one_purpose_does_nothing_else() {
    let cairn = TestInstallation::new().await;
    account(&cairn, EMAIL).await;
    let token = reset_token(&cairn, EMAIL).await;
    let answer = identity::verify_email(&cairn, &token, PASSWORD).await;
    assert!(is_refused(answer, "link-expired"));
}

#[tokio::test]
async fn a_new_password_is_checked_before_the_link_is_used_up() {
    let cairn = TestInstallation::new().await;
    account(&cairn, EMAIL).await;
    let token = reset_token(&cairn, EMAIL).await;
    let weak = identity::reset_password(&cairn, &token, "password12").await;
    assert_eq!(
        reason(weak),
        ("password".to_owned(), "password-common".to_owned())
    );
    identity::reset_password(&cairn, &token, OTHER_PASSWORD)
        .await
        .unwrap();
}

#[tokio::test]
async fn resetting_the_password_ends_sessions_confirms_the_address_and_lifts_the_lock() {
    let cairn = TestInstallation::new().await;
    sign_up(&cairn, EMAIL).await;
    let unused = token_in(&only_mail(&cairn).await);
    let token = reset_token(&cairn, EMAIL).await;
    for _ in 0..5 {
        reason(identity::sign_in(&cairn, EMAIL, OTHER_PASSWORD).await);
    }
    identity::reset_password(&cairn, &token, OTHER_PASSWORD)
        .await
        .unwrap();
    let mail = only_mail(&cairn).await;
    assert!(matches!(mail.message, Message::PasswordChanged { .. }));
    let SignIn::Done(person) = identity::sign_in(&cairn, EMAIL, OTHER_PASSWORD).await.unwrap() else {
        panic!("the address counts as confirmed");
    };
    assert!(is_refused(
        identity::verify_email(&cairn, &unused, OTHER_PASSWORD).await,
        "link-expired"
    ));

    session_of(&cairn, "laptop", person, "").await;
    cairn.pass(Duration::from_mins(10));
    let token = reset_token(&cairn, EMAIL).await;
    identity::reset_password(&cairn, &token, PASSWORD).await.unwrap();
    assert!(!is_alive(&cairn, "laptop").await);
}

#[tokio::test]
async fn forgetting_the_password_of_no_account_is_answered_alike_and_sends_nothing() {
    let cairn = TestInstallation::new().await;
    identity::forgot_password(&cairn, "odo@marsh.example")
        .await
        .unwrap();
    assert!(no_mail(&cairn).await);
}

#[tokio::test]
async fn asking_for_many_reset_links_sends_one() {
    let cairn = TestInstallation::new().await;
    account(&cairn, EMAIL).await;
    for _ in 0..3 {
        identity::forgot_password(&cairn, EMAIL).await.unwrap();
    }
    cairn.run_jobs().await.unwrap();
    identity::forgot_password(&cairn, EMAIL).await.unwrap();
    only_mail(&cairn).await;
}
