//! Signing up.

use axum::response::{IntoResponse, Response};
use domain::id::PersonId;
use leptos::prelude::*;
use service::{
    Error,
    identity::{self, NewPerson, SignUp},
};

use super::{back, check_mail, with_back};
use crate::{
    failure::Failure,
    form::Form,
    i18n::t,
    page::{Page, see_other},
    ui::{ErrorSummary, Hidden, TextField},
    visit::Visit,
};

pub(super) async fn show(visit: Visit) -> Response {
    let back = back::wanted(&visit);
    if visit.person.is_some() {
        return see_other(&back);
    }
    let id: PersonId = visit.installation().new_id();
    let form = Form::filled([("id", id.to_string()), ("back", back.clone())]);
    page(&visit, back).filled(form).into_response()
}

pub(super) async fn send(visit: Visit, form: Form) -> Result<Response, Failure> {
    let back = back::checked(form.text("back"));
    let sign_up = SignUp {
        person: new_person(&visit, &form),
        back: (back != "/").then_some(back.as_str()),
    };
    match identity::sign_up(visit.installation(), sign_up).await {
        Ok(()) => Ok(see_other(&check_mail::address("sign-up", &back))),
        Err(Error::Invalid(errors)) => Ok(page(&visit, back).returned(form, errors).into_response()),
        Err(error) => Err(error.into()),
    }
}

/// The account that a form with [`person_fields`] asks for.
pub(super) fn new_person<'form>(visit: &'form Visit, form: &'form Form) -> NewPerson<'form> {
    NewPerson {
        id: form.parsed("id").unwrap_or_else(|| visit.installation().new_id()),
        name: form.text("name"),
        email: form.text("email"),
        password: form.text("password"),
        locale: None,
    }
}

fn page(visit: &Visit, back: String) -> Page {
    visit.page(visit.t("sign-up-title"), move || {
        view! {
            <ErrorSummary />
            <div class="page-head">
                <h1>{t!("sign-up-title")}</h1>
                <p class="lead">{t!("sign-up-lead")}</p>
            </div>
            <form method="post" action="/sign-up">
                <Hidden name="back" />
                {person_fields()}
                <div class="buttons"><button class="button">{t!("sign-up-send")}</button></div>
            </form>
            <p class="section">
                {t!("sign-up-known")} " " <a href=with_back("/sign-in", &back)>{t!("sign-in-title")}</a>
            </p>
        }
    })
}

/// Name, address and password of an account to make.
pub(super) fn person_fields() -> AnyView {
    view! {
        <Hidden name="id" />
        <TextField name="name" label=t!("field-name") hint=t!("field-name-hint") autocomplete="name" />
        <TextField name="email" label=t!("field-email") hint=t!("field-email-hint") kind="email" autocomplete="username" />
        <TextField
            name="password"
            label=t!("field-password")
            hint=t!("field-password-hint")
            kind="password"
            autocomplete="new-password"
        />
    }
    .into_any()
}
