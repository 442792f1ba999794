//! A tenant's logo.

use axum::{
    extract::Multipart,
    response::{IntoResponse, Response},
};
use domain::{id::FileId, tenancy::Permission};
use leptos::prelude::*;
use service::{Error, files::Emblem, tenancy};

use super::frame::{self, SETTINGS};
use crate::{
    failure::Failure,
    form::Form,
    i18n::t,
    page::{Page, see_done},
    ui::{Crumbs, EmblemForm, ErrorSummary, Place},
    upload::Uploaded,
    visit::{InTenant, Member},
};

pub(super) async fn show(Member(visit): Member) -> Result<Page, Failure> {
    visit.ctx.require(Permission::ManageSettings)?;
    Ok(page(&visit))
}

pub(super) async fn send(Member(visit): Member, parts: Multipart) -> Result<Response, Failure> {
    // Before a large body is read, not after.
    visit.ctx.require(Permission::ManageSettings)?;
    match store(&visit, parts).await {
        Ok(()) => Ok(see_done(&visit.path(SETTINGS.0), "saved")),
        Err(Error::Invalid(errors)) => Ok(page(&visit).returned(Form::default(), errors).into_response()),
        Err(other) => Err(other.into()),
    }
}

async fn store(visit: &InTenant, parts: Multipart) -> Result<(), Error> {
    let sent = Uploaded::read(parts, &["id", "remove"], Emblem::MOST_BYTES)
        .await
        .map_err(|refused| refused.errors)?;
    if sent.form.ticked("remove") {
        return tenancy::remove_logo(&visit.ctx).await;
    }
    let file = sent.form.parsed("id").ok_or(Error::NotFound)?;
    tenancy::set_logo(&visit.ctx, file, sent.bytes).await
}

fn page(visit: &InTenant) -> Page {
    let settings = Place::new(visit.path(SETTINGS.0), visit.t(SETTINGS.1));
    let id: FileId = visit.installation().new_id();
    let id = id.to_string();
    let now = visit
        .tenant
        .logo
        .map(|file| visit.path(&format!("/files/{file}")));
    frame::page(visit, SETTINGS, visit.t("admin-logo"), move || {
        view! {
            <Crumbs places=vec![settings] />
            <ErrorSummary />
            <h1>{t!("admin-logo")}</h1>
            <p class="lead">{t!("admin-logo-lead")}</p>
            <EmblemForm id now hint=t!("admin-logo-hint") remove=t!("admin-logo-remove") />
        }
    })
}
