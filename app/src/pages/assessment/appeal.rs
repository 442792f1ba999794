//! Asking to have a result looked at again.

use axum::response::{IntoResponse, Response};
use domain::id::AttemptId;
use leptos::prelude::*;
use service::{
    Error,
    assessment::{
        appeal,
        attempt::{self, ResultSheet},
    },
};

use crate::{
    failure::Failure,
    form::Form,
    i18n::t,
    in_path::InPath,
    page::{Page, see_done},
    ui::{Crumbs, ErrorSummary, Layout, Place, TextArea},
    visit::Member,
};

pub(super) async fn show(place: Member, InPath(id): InPath<AttemptId>) -> Result<Page, Failure> {
    let sheet = attempt::result(&place.ctx, id).await?;
    Ok(page(&place, sheet))
}

pub(super) async fn send(
    place: Member,
    InPath(id): InPath<AttemptId>,
    form: Form,
) -> Result<Response, Failure> {
    let sheet = attempt::result(&place.ctx, id).await?;
    match appeal::ask(&place.ctx, id, form.text("reason")).await {
        Ok(()) => Ok(see_done(&result(&place, id), "appeal-asked")),
        Err(Error::Invalid(errors)) => Ok(page(&place, sheet).returned(form, errors).into_response()),
        Err(other) => Err(other.into()),
    }
}

fn result(place: &Member, id: AttemptId) -> String {
    place.path(&format!("/attempts/{id}/result"))
}

fn page(place: &Member, sheet: ResultSheet) -> Page {
    let back = result(place, sheet.attempt);
    let crumbs = vec![Place::new(back.clone(), place.t("result-title"))];
    let page = place.page(place.t("appeal-ask"), move || {
        view! {
            <Crumbs places=crumbs />
            <ErrorSummary />
            <div class="page-head">
                <h1>{t!("appeal-ask")}</h1>
                <p class="lead">{sheet.title}</p>
            </div>
            <p>{t!("appeal-ask-text")}</p>
            <form method="post">
                <TextArea name="reason" label=t!("appeal-reason") hint=t!("appeal-reason-hint") rows=6 />
                <div class="buttons">
                    <button class="button">{t!("appeal-send")}</button>
                    <a class="button quiet" href=back>{t!("appeal-back")}</a>
                </div>
            </form>
        }
    });
    page.layout(Layout::Narrow)
}
