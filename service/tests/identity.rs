//! Accounts, sign-ins and sessions, as people meet them.

#![expect(clippy::unwrap_used, reason = "a test that cannot be set up must fail")]

use std::{sync::Arc, time::Duration};

use domain::{Timestamp, id::PersonId};
use serde_json::json;
use service::{
    Error, Installation, PersonCtx,
    identity::{
        self, NewPerson, Profile, SignIn, SignUp, Verified,
        sessions::{self, Data, PERSON, USER_AGENT},
    },
    mail::{Mail, Message},
    testing::TestInstallation,
};

const EMAIL: &str = "ines@fallow.example";
const PASSWORD: &str = "nine stones by the weir";
const OTHER_PASSWORD: &str = "a lantern under the bridge";

fn new_person<'form>(cairn: &TestInstallation, email: &'form str) -> NewPerson<'form> {
    NewPerson {
        id: cairn.new_id(),
        name: "Ines Fallow",
        email,
        password: PASSWORD,
        locale: None,
    }
}

async fn sign_up(cairn: &TestInstallation, email: &str) {
    let form = SignUp {
        person: new_person(cairn, email),
        back: None,
    };
    identity::sign_up(cairn, form).await.unwrap();
}

/// An account whose address is confirmed.
async fn account(cairn: &TestInstallation, email: &str) -> PersonCtx {
    let person = identity::register(&cairn.system(), new_person(cairn, email))
        .await
        .unwrap();
    PersonCtx::new(Arc::clone(cairn), person)
}

async fn only_mail(cairn: &TestInstallation) -> Mail {
    cairn.run_jobs().await.unwrap();
    let mut mails = cairn.take_mails();
    assert_eq!(mails.len(), 1, "{mails:?}");
    mails.remove(0)
}

async fn no_mail(cairn: &TestInstallation) -> bool {
    cairn.run_jobs().await.unwrap();
    cairn.take_mails().is_empty()
}

fn token_in(mail: &Mail) -> String {
    let (Message::VerifyEmail { link, .. } | Message::ResetPassword { link, .. }) = &mail.message else {
        panic!("no link with a token in {mail:?}");
    };
    let link = url::Url::parse(link).unwrap();
    link.query_pairs()
        .find(|(name, _)| name == "token")
        .unwrap()
        .1
        .into_owned()
}

async fn reset_token(cairn: &TestInstallation, email: &str) -> String {
    identity::forgot_password(cairn, email).await.unwrap();
    token_in(&only_mail(cairn).await)
}

/// The only reason of a form that came back: field and code.
fn reason<T: std::fmt::Debug>(result: Result<T, Error>) -> (String, String) {
    match result {
        Err(Error::Invalid(errors)) => {
            assert_eq!(errors.len(), 1, "{errors:?}");
            let error = errors.iter().next().unwrap();
            (error.field.clone(), error.code.clone())
        }
        other => panic!("not a form that came back: {other:?}"),
    }
}

fn is_refused<T>(result: Result<T, Error>, code: &str) -> bool {
    matches!(result, Err(Error::Refused(why)) if why == code)
}

async fn can_sign_in(cairn: &TestInstallation, email: &str, password: &str) -> bool {
    matches!(
        identity::sign_in(cairn, email, password).await,
        Ok(SignIn::Done(_))
    )
}

async fn session_of(installation: &Installation, id: &str, person: PersonId, user_agent: &str) {
    let data = Data::from([
        (PERSON.to_owned(), json!(person)),
        (USER_AGENT.to_owned(), json!(user_agent)),
    ]);
    let ends = installation.now().after(Duration::from_hours(24));
    assert!(sessions::create(installation, id, &data, ends).await.unwrap());
}

async fn is_alive(installation: &Installation, id: &str) -> bool {
    sessions::load(installation, id).await.unwrap().is_some()
}

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
    let verified = identity::verify_email(&cairn, &token_in(&mail)).await.unwrap();
    assert_eq!(verified, Verified::Account);
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
        identity::verify_email(&cairn, &first).await,
        "link-expired"
    ));
    identity::verify_email(&cairn, &second).await.unwrap();
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
    let answer = identity::verify_email(&cairn, &token).await;
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
        identity::verify_email(&cairn, &unused).await,
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

#[tokio::test]
async fn a_new_address_counts_once_it_is_confirmed_and_the_old_one_is_told() {
    let cairn = TestInstallation::new().await;
    let ctx = account(&cairn, EMAIL).await;
    let wrong = identity::change_email(&ctx, "ines@new.example", OTHER_PASSWORD).await;
    assert_eq!(reason(wrong), ("current".to_owned(), "password-wrong".to_owned()));

    identity::change_email(&ctx, "ines@new.example", PASSWORD)
        .await
        .unwrap();
    let mail = only_mail(&cairn).await;
    assert_eq!(mail.to, "ines@new.example");
    assert!(can_sign_in(&cairn, EMAIL, PASSWORD).await);

    let verified = identity::verify_email(&cairn, &token_in(&mail)).await.unwrap();
    assert_eq!(verified, Verified::NewAddress);
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
async fn an_address_that_was_taken_while_the_link_waited_is_refused() {
    let cairn = TestInstallation::new().await;
    let ctx = account(&cairn, EMAIL).await;
    identity::change_email(&ctx, "shared@fallow.example", PASSWORD)
        .await
        .unwrap();
    let token = token_in(&only_mail(&cairn).await);
    account(&cairn, "shared@fallow.example").await;
    assert!(is_refused(
        identity::verify_email(&cairn, &token).await,
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
    assert_eq!(reason(wrong), ("current".to_owned(), "password-wrong".to_owned()));
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
async fn guessing_the_current_password_is_limited_like_signing_in() {
    let cairn = TestInstallation::new().await;
    let ctx = account(&cairn, EMAIL).await;
    for _ in 0..5 {
        reason(identity::change_password(&ctx, OTHER_PASSWORD, PASSWORD, None).await);
    }
    let locked = identity::change_password(&ctx, PASSWORD, OTHER_PASSWORD, None).await;
    assert!(matches!(locked, Err(Error::TooMany(_))));
}

#[tokio::test]
async fn a_person_sees_and_ends_their_own_sessions_only() {
    let cairn = TestInstallation::new().await;
    let ines = account(&cairn, EMAIL).await;
    let odo = account(&cairn, "odo@marsh.example").await;
    session_of(&cairn, "here", ines.person(), "Stone Browser").await;
    session_of(&cairn, "phone", ines.person(), "Pocket Browser").await;
    session_of(&cairn, "odo", odo.person(), "").await;

    let listed = identity::own_sessions(&ines, Some("here")).await.unwrap();
    assert_eq!(listed.len(), 2);
    let phone = listed.iter().find(|session| !session.is_current).unwrap();
    assert_eq!(phone.user_agent, "Pocket Browser");

    identity::end_session(&odo, phone.id).await.unwrap();
    assert!(is_alive(&cairn, "phone").await);
    identity::end_session(&ines, phone.id).await.unwrap();
    assert!(!is_alive(&cairn, "phone").await);

    session_of(&cairn, "tablet", ines.person(), "").await;
    identity::end_other_sessions(&ines, Some("here")).await.unwrap();
    assert!(is_alive(&cairn, "here").await && is_alive(&cairn, "odo").await);
    assert!(!is_alive(&cairn, "tablet").await);
}

#[tokio::test]
async fn a_session_that_was_ended_is_not_brought_back_by_a_request_under_way() {
    let cairn = TestInstallation::new().await;
    let ines = account(&cairn, EMAIL).await;
    session_of(&cairn, "here", ines.person(), "").await;
    let under_way = sessions::load(&cairn, "here").await.unwrap().unwrap();
    sessions::delete(&cairn, "here").await.unwrap();
    sessions::save(&cairn, "here", &under_way.data, under_way.expires_at)
        .await
        .unwrap();
    assert!(!is_alive(&cairn, "here").await);
}

#[tokio::test]
async fn a_session_holds_what_was_stored_until_it_expires() {
    let cairn = TestInstallation::new().await;
    let ends = cairn.now().after(Duration::from_hours(1));
    let data = Data::from([("colour".to_owned(), json!("slate"))]);
    assert!(sessions::create(&cairn, "id", &data, ends).await.unwrap());
    assert!(!sessions::create(&cairn, "id", &Data::new(), ends).await.unwrap());
    assert_eq!(sessions::load(&cairn, "id").await.unwrap().unwrap().data, data);
    cairn.pass(Duration::from_hours(1));
    assert!(!is_alive(&cairn, "id").await);
}

#[tokio::test]
async fn when_a_session_was_last_seen_is_known_to_five_minutes() {
    let cairn = TestInstallation::new().await;
    let ines = account(&cairn, EMAIL).await;
    session_of(&cairn, "here", ines.person(), "").await;
    let began = cairn.now();
    let seen_after = async |pause: Duration| -> Timestamp {
        cairn.pass(pause);
        sessions::load(&cairn, "here").await.unwrap();
        identity::own_sessions(&ines, None).await.unwrap()[0].seen_at
    };
    assert_eq!(seen_after(Duration::from_mins(4)).await, began);
    assert_eq!(
        seen_after(Duration::from_mins(2)).await,
        began.after(Duration::from_mins(6))
    );
}

#[tokio::test]
async fn sweeping_removes_what_is_past_its_time_and_nothing_else() {
    let cairn = TestInstallation::new().await;
    let ines = account(&cairn, EMAIL).await;
    session_of(&cairn, "old", ines.person(), "").await;
    cairn.pass(Duration::from_hours(20));
    session_of(&cairn, "young", ines.person(), "").await;
    cairn.pass(Duration::from_hours(5));
    identity::sweep(&cairn.system()).await.unwrap();
    let listed = identity::own_sessions(&ines, None).await.unwrap();
    assert_eq!(listed.len(), 1);
    assert!(is_alive(&cairn, "young").await);
}

#[tokio::test]
async fn the_first_operator_is_made_once() {
    let cairn = TestInstallation::new().await;
    assert!(!identity::operator_exists(&cairn).await.unwrap());
    let person = identity::create_operator(&cairn.system(), new_person(&cairn, EMAIL))
        .await
        .unwrap();
    assert_eq!(identity::operator(&cairn).await.unwrap(), Some(person));
    assert!(identity::who(&cairn, person).await.unwrap().unwrap().is_operator);
    assert!(can_sign_in(&cairn, EMAIL, PASSWORD).await);

    let second = new_person(&cairn, "odo@marsh.example");
    let refused = identity::create_operator(&cairn.system(), second).await;
    assert!(matches!(refused, Err(Error::NotFound)));
    let same_address = identity::register(&cairn.system(), new_person(&cairn, EMAIL)).await;
    assert_eq!(
        reason(same_address),
        ("email".to_owned(), "email-taken".to_owned())
    );
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
