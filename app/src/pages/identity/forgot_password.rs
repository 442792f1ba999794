//! Asking for a link to choose another password.

use axum::response::{IntoResponse, Response};
use leptos::prelude::*;
use service::{Error, identity};

use crate::{
    failure::Failure,
    form::Form,
    i18n::t,
    page::{Page, see_other},
    ui::{ErrorSummary, TextField},
    visit::Visit,
};

pub(super) async fn show(visit: Visit) -> Page {
    page(&visit)
}

pub(super) async fn send(visit: Visit, form: Form) -> Result<Response, Failure> {
    match identity::forgot_password(visit.installation(), form.text("email")).await {
        Ok(()) => Ok(see_other("/check-your-mail?for=reset")),
        Err(Error::Invalid(errors)) => Ok(page(&visit).returned(form, errors).into_response()),
        Err(error) => Err(error.into()),
    }
}

fn page(visit: &Visit) -> Page {
    visit.page(visit.t("forgot-password-title"), || {
        view! {
            <ErrorSummary />
            <div class="page-head">
                <h1>{t!("forgot-password-title")}</h1>
                <p class="lead">{t!("forgot-password-lead")}</p>
            </div>
            <form method="post" action="/forgot-password">
                <TextField name="email" label=t!("field-email") kind="email" autocomplete="username" />
                <div class="buttons"><button class="button">{t!("forgot-password-send")}</button></div>
            </form>
        }
    })
}
