//! Signing up, and confirming the address.

use std::time::Duration;

use entity::identity::person;
use sea_orm::{ColumnTrait, EntityTrait, PaginatorTrait, QueryFilter};
use service::{
    identity::{self, NewPerson, SignIn, SignUp, Verified},
    mail::Message,
    testing::TestInstallation,
};

use crate::people::{
    EMAIL, PASSWORD, account, can_sign_in, is_refused, new_person, no_mail, only_mail, reason, sign_up,
    token_in,
};

#[tokio::test]
async fn a_new_account_opens_once_its_address_is_confirmed() {
    let cairn = TestInstallation::new().await;
    sign_up(&cairn, EMAIL).await;
    let mail = only_mail(&cairn).await;
    assert_eq!(mail.to, EMAIL);
    assert_eq!(
        identity::sign_in(&cairn, EMAIL, PASSWORD).await.unwrap(),
        SignIn::Unverified
    );
    let verified = identity::verify_email(&cairn, &token_in(&mail), PASSWORD).await;
    assert!(matches!(verified, Ok(Verified::Account(_))), "{verified:?}");
    assert!(can_sign_in(&cairn, "INES@fallow.example", PASSWORD).await);
}

#[tokio::test]
async fn signing_in_before_confirming_sends_the_link_again_but_not_at_once() {
    let cairn = TestInstallation::new().await;
    sign_up(&cairn, EMAIL).await;
    let first = token_in(&only_mail(&cairn).await);
    identity::sign_in(&cairn, EMAIL, PASSWORD).await.unwrap();
    assert!(no_mail(&cairn).await);
    cairn.pass(Duration::from_mins(6));
    identity::sign_in(&cairn, EMAIL, PASSWORD).await.unwrap();
    let second = token_in(&only_mail(&cairn).await);
    assert!(is_refused(
        identity::verify_email(&cairn, &first, PASSWORD).await,
        "link-expired"
    ));
    identity::verify_email(&cairn, &second, PASSWORD).await.unwrap();
}

#[tokio::test]
async fn an_address_that_has_an_account_gets_the_same_answer_and_another_mail() {
    let cairn = TestInstallation::new().await;
    account(&cairn, EMAIL).await;
    sign_up(&cairn, "Ines@Fallow.example").await;
    let mail = only_mail(&cairn).await;
    assert_eq!(mail.to, EMAIL);
    assert!(matches!(mail.message, Message::AlreadySignedUp { .. }));
}

#[tokio::test]
async fn nobody_is_told_of_their_account_more_than_once_an_hour() {
    let cairn = TestInstallation::new().await;
    account(&cairn, EMAIL).await;
    for _ in 0..3 {
        sign_up(&cairn, EMAIL).await;
    }
    only_mail(&cairn).await;
    cairn.pass(Duration::from_hours(1));
    sign_up(&cairn, EMAIL).await;
    only_mail(&cairn).await;
}

#[tokio::test]
async fn sending_the_sign_up_form_twice_makes_one_account_and_one_mail() {
    let cairn = TestInstallation::new().await;
    let form = SignUp {
        person: new_person(&cairn, EMAIL),
        back: Some("/t/harbour/join"),
    };
    identity::sign_up(&cairn, form).await.unwrap();
    identity::sign_up(&cairn, form).await.unwrap();
    let mail = only_mail(&cairn).await;
    let Message::VerifyEmail { link, .. } = mail.message else {
        panic!("{mail:?}");
    };
    assert!(link.ends_with("&back=%2Ft%2Fharbour%2Fjoin"), "{link}");
}

#[tokio::test]
async fn a_sign_up_form_that_is_not_right_says_so_at_its_field() {
    let cairn = TestInstallation::new().await;
    let good = new_person(&cairn, EMAIL);
    for (person, field, code) in [
        (NewPerson { name: " ", ..good }, "name", "name-empty"),
        (
            NewPerson {
                email: "ines",
                ..good
            },
            "email",
            "email-invalid",
        ),
        (
            NewPerson {
                password: "short",
                ..good
            },
            "password",
            "password-too-short",
        ),
    ] {
        let answer = identity::sign_up(&cairn, SignUp { person, back: None }).await;
        assert_eq!(reason(answer), (field.to_owned(), code.to_owned()));
    }
    assert!(no_mail(&cairn).await);
}

#[tokio::test]
async fn nobody_confirms_an_account_that_somebody_else_made_with_their_address() {
    let cairn = TestInstallation::new().await;
    sign_up(&cairn, EMAIL).await;
    let link = token_in(&only_mail(&cairn).await);
    let holder = identity::verify_email(&cairn, &link, "what its holder would choose").await;
    assert_eq!(
        reason(holder),
        ("password".to_owned(), "password-wrong".to_owned())
    );
    assert_eq!(
        identity::sign_in(&cairn, EMAIL, PASSWORD).await.unwrap(),
        SignIn::Unverified
    );
}

#[tokio::test]
async fn the_same_form_with_another_address_makes_another_account() {
    let cairn = TestInstallation::new().await;
    let mistyped = new_person(&cairn, "ines@fallow.exmaple");
    let corrected = NewPerson {
        email: EMAIL,
        ..mistyped
    };
    for person in [mistyped, corrected] {
        identity::sign_up(&cairn, SignUp { person, back: None })
            .await
            .unwrap();
    }
    cairn.run_jobs().await.unwrap();
    let written: Vec<String> = cairn.take_mails().into_iter().map(|mail| mail.to).collect();
    assert_eq!(written, ["ines@fallow.exmaple", EMAIL]);
}

#[tokio::test]
async fn the_link_comes_again_to_who_asks_and_still_needs_it() {
    let cairn = TestInstallation::new().await;
    account(&cairn, "odo@marsh.example").await;
    sign_up(&cairn, EMAIL).await;
    only_mail(&cairn).await;
    let ask = async |email| {
        identity::verify_again(&cairn, email, Some("/wallet"))
            .await
            .unwrap();
    };

    ask(EMAIL).await;
    assert!(no_mail(&cairn).await, "one went out a moment ago");
    cairn.pass(Duration::from_mins(6));
    for email in [EMAIL, EMAIL, "odo@marsh.example", "nobody@fallow.example"] {
        ask(email).await;
    }
    let mail = only_mail(&cairn).await;
    assert_eq!(mail.to, EMAIL);
    let Message::VerifyEmail { link } = &mail.message else {
        panic!("{mail:?}");
    };
    assert!(link.ends_with("&back=%2Fwallet"), "{link}");
    identity::verify_email(&cairn, &token_in(&mail), PASSWORD)
        .await
        .unwrap();
    assert!(can_sign_in(&cairn, EMAIL, PASSWORD).await);
}

#[tokio::test]
async fn an_account_that_nobody_confirms_in_thirty_days_is_removed() {
    let cairn = TestInstallation::new().await;
    sign_up(&cairn, EMAIL).await;
    let kept = account(&cairn, "kept@fallow.example").await;
    let _ = cairn.take_mails();
    let is_there = async || {
        let tx = cairn.system().read().await.unwrap();
        let known = person::Entity::find().filter(person::Column::EmailKey.eq(EMAIL));
        known.count(&tx).await.unwrap() > 0
    };
    cairn.pass(Duration::from_hours(29 * 24));
    identity::sweep(&cairn.system()).await.unwrap();
    assert!(is_there().await);
    cairn.pass(Duration::from_hours(2 * 24));
    identity::sweep(&cairn.system()).await.unwrap();
    assert!(!is_there().await);
    assert!(identity::who(&cairn, kept.person()).await.unwrap().is_some());
}
