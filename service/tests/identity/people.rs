//! Who comes, and what they find in their mail.

use std::sync::Arc;

use domain::id::PersonId;
use serde_json::json;
use service::{
    Error, Installation, PersonCtx,
    identity::{
        self, NewPerson, SignIn, SignUp,
        sessions::{self, Data, PERSON, USER_AGENT},
    },
    mail::{Mail, Message},
    testing::TestInstallation,
};

pub(crate) const EMAIL: &str = "ines@fallow.example";
pub(crate) const PASSWORD: &str = "nine stones by the weir";
pub(crate) const OTHER_PASSWORD: &str = "a lantern under the bridge";

pub(crate) fn new_person<'form>(cairn: &TestInstallation, email: &'form str) -> NewPerson<'form> {
    NewPerson {
        id: cairn.new_id(),
        name: "Ines Fallow",
        email,
        password: PASSWORD,
        locale: None,
    }
}

pub(crate) async fn sign_up(cairn: &TestInstallation, email: &str) {
    let form = SignUp {
        person: new_person(cairn, email),
        back: None,
    };
    identity::sign_up(cairn, form).await.unwrap();
}

/// An account whose address is confirmed.
pub(crate) async fn account(cairn: &TestInstallation, email: &str) -> PersonCtx {
    let person = identity::register(&cairn.system(), new_person(cairn, email))
        .await
        .unwrap();
    PersonCtx::new(Arc::clone(cairn), person)
}

pub(crate) async fn only_mail(cairn: &TestInstallation) -> Mail {
    cairn.run_jobs().await.unwrap();
    let mut mails = cairn.take_mails();
    assert_eq!(mails.len(), 1, "{mails:?}");
    mails.remove(0)
}

pub(crate) async fn no_mail(cairn: &TestInstallation) -> bool {
    cairn.run_jobs().await.unwrap();
    cairn.take_mails().is_empty()
}

pub(crate) fn token_in(mail: &Mail) -> String {
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

pub(crate) async fn reset_token(cairn: &TestInstallation, email: &str) -> String {
    identity::forgot_password(cairn, email).await.unwrap();
    token_in(&only_mail(cairn).await)
}

/// The only reason of a form that came back: field and code.
pub(crate) fn reason<T: std::fmt::Debug>(result: Result<T, Error>) -> (String, String) {
    match result {
        Err(Error::Invalid(errors)) => {
            assert_eq!(errors.len(), 1, "{errors:?}");
            let error = errors.iter().next().unwrap();
            (error.field.clone(), error.code.clone())
        }
        other => panic!("not a form that came back: {other:?}"),
    }
}

pub(crate) fn is_refused<T>(result: Result<T, Error>, code: &str) -> bool {
    matches!(result, Err(Error::Refused(why)) if why == code)
}

pub(crate) async fn can_sign_in(cairn: &TestInstallation, email: &str, password: &str) -> bool {
    matches!(
        identity::sign_in(cairn, email, password).await,
        Ok(SignIn::Done(_))
    )
}

pub(crate) async fn session_of(installation: &Installation, id: &str, person: PersonId, user_agent: &str) {
    let data = Data::from([
        (PERSON.to_owned(), json!(person)),
        (USER_AGENT.to_owned(), json!(user_agent)),
    ]);
    assert!(sessions::create(installation, id, &data).await.unwrap());
}

pub(crate) async fn is_alive(installation: &Installation, id: &str) -> bool {
    sessions::load(installation, id).await.unwrap().is_some()
}
