//! The first run: the account of whoever runs the installation.

use std::sync::Arc;

use axum::{
    http::HeaderMap,
    response::{IntoResponse, Response},
};
use domain::id::PersonId;
use leptos::prelude::*;
use service::{Error, SystemCtx, identity};
use tower_sessions::Session;

use super::{
    session,
    sign_up::{new_person, person_fields},
};
use crate::{
    failure::Failure,
    form::Form,
    i18n::t,
    page::{Page, see_done, see_other},
    ui::{ErrorSummary, Hidden},
    visit::Visit,
};

/// The way to the set-up, as long as nobody runs the installation.
pub(crate) async fn first_run(visit: &Visit) -> Result<Option<Response>, Failure> {
    let is_first = visit.person.is_none() && !identity::operator_exists(visit.installation()).await?;
    Ok(is_first.then(|| see_other("/setup")))
}

pub(super) async fn show(visit: Visit) -> Result<Page, Failure> {
    let key = visit.query("key").unwrap_or_default();
    identity::may_set_up(visit.installation(), &key).await?;
    let id: PersonId = visit.installation().new_id();
    Ok(page(&visit).filled(Form::filled([("id", id.to_string()), ("key", key)])))
}

pub(super) async fn send(
    visit: Visit,
    session: Session,
    headers: HeaderMap,
    form: Form,
) -> Result<Response, Failure> {
    let ctx = SystemCtx::new(Arc::clone(visit.installation()));
    match identity::set_up(&ctx, form.text("key"), new_person(&visit, &form)).await {
        Ok(person) => {
            session::begin(&session, person, &headers).await?;
            Ok(see_done("/operator", "set-up"))
        }
        Err(Error::Invalid(errors)) => Ok(page(&visit).returned(form, errors).into_response()),
        Err(error) => Err(error.into()),
    }
}

fn page(visit: &Visit) -> Page {
    visit.page(visit.t("setup-title"), || {
        view! {
            <ErrorSummary />
            <div class="page-head">
                <h1>{t!("setup-title")}</h1>
                <p class="lead">{t!("setup-lead")}</p>
            </div>
            <form method="post" action="/setup">
                <Hidden name="key" />
                {person_fields()}
                <div class="buttons"><button class="button">{t!("setup-send")}</button></div>
            </form>
        }
    })
}
