//! Choosing another password, with a link from a mail.

use axum::response::{IntoResponse, Response};
use leptos::prelude::*;
use service::{Error, identity};

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
    page(&visit).filled(Form::filled([("token", token)]))
}

pub(super) async fn send(visit: Visit, form: Form) -> Result<Response, Failure> {
    match identity::reset_password(visit.installation(), form.text("token"), form.text("password")).await {
        Ok(()) => Ok(see_done("/sign-in", "password-changed")),
        Err(Error::Invalid(errors)) => Ok(page(&visit).returned(form, errors).into_response()),
        Err(error) => Err(error.into()),
    }
}

fn page(visit: &Visit) -> Page {
    visit.page(visit.t("reset-password-title"), || {
        view! {
            <ErrorSummary />
            <div class="page-head">
                <h1>{t!("reset-password-title")}</h1>
                <p class="lead">{t!("reset-password-lead")}</p>
            </div>
            <form method="post" action="/reset-password">
                <Hidden name="token" />
                <TextField
                    name="password"
                    label=t!("field-new-password")
                    hint=t!("field-password-hint")
                    kind="password"
                    autocomplete="new-password"
                />
                <div class="buttons"><button class="button">{t!("reset-password-send")}</button></div>
            </form>
        }
    })
}
