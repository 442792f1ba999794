//! Changing one's address.

use axum::response::{IntoResponse, Response};
use leptos::prelude::*;
use service::{Error, identity};

use super::account_frame::{self, EMAIL};
use crate::{
    failure::Failure,
    form::Form,
    i18n::t,
    page::{Page, see_other},
    ui::{ErrorSummary, TextField},
    visit::SignedIn,
};

pub(super) async fn show(visit: SignedIn) -> Page {
    page(&visit)
}

pub(super) async fn send(visit: SignedIn, form: Form) -> Result<Response, Failure> {
    match identity::change_email(&visit.ctx(), form.text("email"), form.text("current-password")).await {
        Ok(()) => Ok(see_other("/check-your-mail?for=email")),
        Err(Error::Invalid(errors)) => Ok(page(&visit).returned(form, errors).into_response()),
        Err(error) => Err(error.into()),
    }
}

fn page(visit: &SignedIn) -> Page {
    let current = visit.person.email.clone();
    account_frame::page(visit, EMAIL, move || {
        view! {
            <ErrorSummary />
            <h1>{t!("account-email-title")}</h1>
            <p>{t!("account-email-current", email = current)}</p>
            <form method="post" action="/account/email">
                <TextField
                    name="email"
                    label=t!("account-email-new")
                    hint=t!("account-email-new-hint")
                    kind="email"
                    autocomplete="email"
                />
                <TextField
                    name="current-password"
                    label=t!("field-current-password")
                    kind="password"
                    autocomplete="current-password"
                />
                <div class="buttons"><button class="button">{t!("account-email-send")}</button></div>
            </form>
        }
    })
}
