//! Changing one's own account.

use std::time::Duration;

use service::{
    Error,
    identity::{self, Profile, Verified},
    mail::Message,
    testing::TestInstallation,
};

use crate::people::{
    EMAIL, OTHER_PASSWORD, PASSWORD, account, can_sign_in, is_alive, is_refused, only_mail, reason,
    session_of, token_in,
};

#[tokio::test]
async fn a_new_address_counts_once_it_is_confirmed_and_the_old_one_is_told() {
    let cairn = TestInstallation::new().await;
    let ctx = account(&cairn, EMAIL).await;
    let wrong = identity::change_email(&ctx, "ines@new.example", OTHER_PASSWORD).await;
    assert_eq!(
        reason(wrong),
        ("current-password".to_owned(), "password-wrong".to_owned())
    );

    identity::change_email(&ctx, "ines@new.example", PASSWORD)
        .await
        .unwrap();
    let mail = only_mail(&cairn).await;
    assert_eq!(mail.to, "ines@new.example");
    assert!(can_sign_in(&cairn, EMAIL, PASSWORD).await);

    let verified = identity::verify_email(&cairn, &token_in(&mail), PASSWORD)
        .await
        .unwrap();
    assert_eq!(verified, Verified::NewAddress(ctx.person()));
    let told = only_mail(&cairn).await;
    assert_eq!(told.to, EMAIL);
    assert!(matches!(told.message, Message::EmailChanged { .. }));
    assert!(can_sign_in(&cairn, "ines@new.example", PASSWORD).await);
    assert!(!can_sign_in(&cairn, EMAIL, PASSWORD).await);
}

#[tokio::test]
async fn changing_to_an_address_that_has_an_account_is_answered_alike() {
    let cairn = TestInstallation::new().await;
    let ctx = account(&cairn, EMAIL).await;
    account(&cairn, "odo@marsh.example").await;
    identity::change_email(&ctx, "odo@marsh.example", PASSWORD)
        .await
        .unwrap();
    let mail = only_mail(&cairn).await;
    assert_eq!(mail.to, "odo@marsh.example");
    assert!(matches!(mail.message, Message::AlreadySignedUp { .. }));
}

#[tokio::test]
async fn a_second_change_has_to_wait_whether_or_not_the_first_address_has_an_account() {
    let cairn = TestInstallation::new().await;
    account(&cairn, "odo@marsh.example").await;
    for (number, first) in ["odo@marsh.example", "nobody@marsh.example"]
        .into_iter()
        .enumerate()
    {
        let ctx = account(&cairn, &format!("ines{number}@fallow.example")).await;
        identity::change_email(&ctx, first, PASSWORD).await.unwrap();
        let second = identity::change_email(&ctx, "ines@new.example", PASSWORD).await;
        assert!(
            matches!(second, Err(Error::TooMany(pause)) if pause == Duration::from_mins(1)),
            "{first}: {second:?}"
        );
        cairn.pass(Duration::from_mins(1));
        identity::change_email(&ctx, "ines@new.example", PASSWORD)
            .await
            .unwrap();
    }
}

#[tokio::test]
async fn an_address_that_was_taken_while_the_link_waited_is_refused() {
    let cairn = TestInstallation::new().await;
    let ctx = account(&cairn, EMAIL).await;
    identity::change_email(&ctx, "shared@fallow.example", PASSWORD)
        .await
        .unwrap();
    let token = token_in(&only_mail(&cairn).await);
    account(&cairn, "shared@fallow.example").await;
    assert!(is_refused(
        identity::verify_email(&cairn, &token, PASSWORD).await,
        "email-taken"
    ));
    assert!(can_sign_in(&cairn, EMAIL, PASSWORD).await);
}

#[tokio::test]
async fn changing_the_password_needs_the_current_one_and_ends_the_other_sessions() {
    let cairn = TestInstallation::new().await;
    let ctx = account(&cairn, EMAIL).await;
    session_of(&cairn, "here", ctx.person(), "").await;
    session_of(&cairn, "elsewhere", ctx.person(), "").await;
    let wrong = identity::change_password(&ctx, OTHER_PASSWORD, OTHER_PASSWORD, Some("here")).await;
    assert_eq!(
        reason(wrong),
        ("current-password".to_owned(), "password-wrong".to_owned())
    );
    assert!(is_alive(&cairn, "elsewhere").await);

    identity::change_password(&ctx, PASSWORD, OTHER_PASSWORD, Some("here"))
        .await
        .unwrap();
    assert!(is_alive(&cairn, "here").await);
    assert!(!is_alive(&cairn, "elsewhere").await);
    assert!(can_sign_in(&cairn, EMAIL, OTHER_PASSWORD).await);
    assert!(matches!(
        only_mail(&cairn).await.message,
        Message::PasswordChanged { .. }
    ));
}

#[tokio::test]
async fn a_person_chooses_their_name_language_and_theme() {
    let cairn = TestInstallation::new().await;
    let ctx = account(&cairn, EMAIL).await;
    let is_known = |locale: &str| locale == "en";
    let profile = Profile {
        name: "Ines  Fallow-Marsh",
        locale: Some("en"),
        theme: "dark",
    };
    identity::change_profile(&ctx, profile, is_known).await.unwrap();
    let ines = identity::who(&cairn, ctx.person()).await.unwrap().unwrap();
    assert_eq!(
        (ines.name.as_str(), ines.locale.as_deref(), ines.theme.as_str()),
        ("Ines Fallow-Marsh", Some("en"), "dark")
    );
    let unknown = Profile {
        locale: Some("tlh"),
        ..profile
    };
    let answer = identity::change_profile(&ctx, unknown, is_known).await;
    assert_eq!(reason(answer), ("locale".to_owned(), "choice-unknown".to_owned()));
}
