//! Signing in and out.

use axum::{
    http::HeaderMap,
    response::{IntoResponse, Response},
};
use leptos::prelude::*;
use service::{
    Error,
    identity::{self, SignIn},
};
use tower_sessions::Session;

use super::{back, check_mail, session, with_back};
use crate::{
    failure::Failure,
    form::Form,
    i18n::t,
    page::{Page, see_done, see_other},
    ui::{ErrorSummary, Hidden, TextField},
    visit::Visit,
};

pub(super) async fn show(visit: Visit) -> Response {
    let back = back::wanted(&visit);
    if visit.person.is_some() {
        return see_other(&back);
    }
    let form = Form::filled([("back", back.as_str())]);
    page(&visit, back).filled(form).into_response()
}

pub(super) async fn send(
    visit: Visit,
    session: Session,
    headers: HeaderMap,
    form: Form,
) -> Result<Response, Failure> {
    let back = back::checked(form.text("back"));
    match identity::sign_in(visit.installation(), form.text("email"), form.text("password")).await {
        Ok(SignIn::Done(person)) => {
            session::begin(&session, person, &headers).await?;
            Ok(see_other(&back))
        }
        Ok(SignIn::Unverified) => Ok(see_other(&check_mail::address("verify", &back))),
        Err(Error::Invalid(errors)) => Ok(page(&visit, back).returned(form, errors).into_response()),
        Err(error) => Err(error.into()),
    }
}

pub(super) async fn sign_out(session: Session) -> Result<Response, Failure> {
    session::end(&session).await?;
    Ok(see_done("/", "signed-out"))
}

fn page(visit: &Visit, back: String) -> Page {
    visit.page(visit.t("sign-in-title"), move || view! { <SignInForm back /> })
}

#[component]
fn SignInForm(back: String) -> AnyView {
    view! {
        <ErrorSummary />
        <div class="page-head"><h1>{t!("sign-in-title")}</h1></div>
        <form method="post" action="/sign-in">
            <Hidden name="back" />
            <TextField name="email" label=t!("field-email") kind="email" autocomplete="username" />
            <TextField name="password" label=t!("field-password") kind="password" autocomplete="current-password" />
            <div class="buttons"><button class="button">{t!("sign-in-send")}</button></div>
        </form>
        <ul class="section">
            <li><a href="/forgot-password">{t!("sign-in-forgot")}</a></li>
            <li><a href=with_back("/sign-up", &back)>{t!("sign-in-sign-up")}</a></li>
        </ul>
    }
    .into_any()
}
