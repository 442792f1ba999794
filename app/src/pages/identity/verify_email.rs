//! The link that shows that an address is theirs. Opening it changes nothing:
//! programs open links as well.

use axum::{
    http::HeaderMap,
    response::{IntoResponse, Response},
};
use leptos::prelude::*;
use service::{
    Error,
    identity::{self, Verified},
};
use tower_sessions::Session;

use super::{back, session};
use crate::{
    failure::Failure,
    form::Form,
    i18n::t,
    page::{Page, see_done},
    ui::{ErrorSummary, Hidden, TextField},
    visit::Visit,
};

pub(super) async fn show(visit: Visit) -> Page {
    let token = visit.query("token").unwrap_or_default();
    let form = Form::filled([("token", token), ("back", back::wanted(&visit))]);
    page(&visit).filled(form)
}

pub(super) async fn send(
    visit: Visit,
    session: Session,
    headers: HeaderMap,
    form: Form,
) -> Result<Response, Failure> {
    let (token, password) = (form.text("token"), form.text("password"));
    let verified = match identity::verify_email(visit.installation(), token, password).await {
        Ok(verified) => verified,
        Err(Error::Invalid(errors)) => return Ok(page(&visit).returned(form, errors).into_response()),
        Err(error) => return Err(error.into()),
    };
    let (person, onward, done) = match verified {
        Verified::Account(person) => (person, back::checked(form.text("back")), "email-verified"),
        Verified::NewAddress(person) => (person, "/account/email".to_owned(), "email-changed"),
    };
    session::begin(&session, person, &headers).await?;
    Ok(see_done(&onward, done))
}

fn page(visit: &Visit) -> Page {
    visit.page(visit.t("verify-email-title"), || {
        view! {
            <ErrorSummary />
            <div class="page-head">
                <h1>{t!("verify-email-title")}</h1>
                <p class="lead">{t!("verify-email-lead")}</p>
            </div>
            <form method="post" action="/verify-email">
                <Hidden name="token" />
                <Hidden name="back" />
                <TextField
                    name="password"
                    label=t!("field-password")
                    hint=t!("verify-email-password-hint")
                    kind="password"
                    autocomplete="current-password"
                />
                <div class="buttons"><button class="button">{t!("verify-email-send")}</button></div>
            </form>
            <p class="section"><a href="/forgot-password">{t!("sign-in-forgot")}</a></p>
        }
    })
}
