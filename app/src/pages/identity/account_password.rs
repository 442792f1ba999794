//! Changing one's password.

use axum::response::{IntoResponse, Response};
use leptos::prelude::*;
use service::{Error, identity};
use tower_sessions::Session;

use super::{
    account_frame::{self, PASSWORD},
    session,
};
use crate::{
    failure::Failure,
    form::Form,
    i18n::t,
    page::{Page, see_done},
    ui::{ErrorSummary, TextField},
    visit::SignedIn,
};

pub(super) async fn show(visit: SignedIn) -> Page {
    page(&visit)
}

pub(super) async fn send(visit: SignedIn, session: Session, form: Form) -> Result<Response, Failure> {
    let (current, new) = (form.text("current-password"), form.text("password"));
    let here = session::id(&session);
    match identity::change_password(&visit.ctx(), current, new, here.as_deref()).await {
        Ok(()) => Ok(see_done("/account/password", "password-changed")),
        Err(Error::Invalid(errors)) => Ok(page(&visit).returned(form, errors).into_response()),
        Err(error) => Err(error.into()),
    }
}

fn page(visit: &SignedIn) -> Page {
    account_frame::page(visit, PASSWORD, || {
        view! {
            <ErrorSummary />
            <h1>{t!("account-password-title")}</h1>
            <p>{t!("account-password-lead")}</p>
            <form method="post" action="/account/password">
                <TextField
                    name="current-password"
                    label=t!("field-current-password")
                    kind="password"
                    autocomplete="current-password"
                />
                <TextField
                    name="password"
                    label=t!("field-new-password")
                    hint=t!("field-password-hint")
                    kind="password"
                    autocomplete="new-password"
                />
                <div class="buttons"><button class="button">{t!("account-password-send")}</button></div>
            </form>
        }
    })
}
