//! Making a tenant.

use axum::response::{IntoResponse, Response};
use domain::id::TenantId;
use leptos::prelude::*;
use service::{
    Error,
    tenancy::{self, NewTenant},
};

use super::Operator;
use crate::{
    failure::Failure,
    form::Form,
    i18n::t,
    page::{Page, see_done},
    ui::{Crumbs, ErrorSummary, Hidden, Layout, Place, TextField},
};

/// The colour that the form begins with.
const SLATE: &str = "#3d5a6c";

pub(super) async fn show(visit: Operator) -> Page {
    let id: TenantId = visit.installation().new_id();
    let form = Form::filled([
        ("id", id.to_string()),
        ("languages", visit.locale.tag()),
        ("accent", SLATE.to_owned()),
    ]);
    page(&visit).filled(form)
}

pub(super) async fn send(visit: Operator, form: Form) -> Result<Response, Failure> {
    let new = NewTenant {
        id: form.parsed("id").unwrap_or_else(|| visit.installation().new_id()),
        slug: form.text("slug").trim(),
        name: form.text("name"),
        languages: form.text("languages"),
        accent: form.text("accent"),
        owner: Some(form.text("owner")),
    };
    match tenancy::create(&visit.system(), visit.person.id, new).await {
        Ok(_) => Ok(see_done("/operator", "tenant-created")),
        Err(Error::Invalid(errors)) => Ok(page(&visit).returned(form, errors).into_response()),
        Err(error) => Err(error.into()),
    }
}

fn page(visit: &Operator) -> Page {
    let page = visit.page(visit.t("operator-new-tenant"), || {
        view! {
            <Crumbs places=vec![Place::new("/operator", t!("operator-title"))] />
            <ErrorSummary />
            <h1>{t!("operator-new-tenant")}</h1>
            <form method="post" action="/operator/tenants/new">
                <Hidden name="id" />
                <TextField name="name" label=t!("operator-tenant-name") maxlength=80 />
                <TextField
                    name="slug"
                    label=t!("operator-tenant-address")
                    hint=t!("operator-tenant-address-hint")
                    maxlength=40
                />
                <TextField
                    name="owner"
                    label=t!("operator-tenant-owner")
                    hint=t!("operator-tenant-owner-hint")
                    kind="email"
                />
                <TextField name="languages" label=t!("field-languages") hint=t!("field-languages-hint") class="short" />
                <TextField
                    name="accent"
                    label=t!("field-accent")
                    hint=t!("field-accent-hint")
                    kind="color"
                    class="short"
                />
                <div class="buttons"><button class="button">{t!("operator-tenant-create")}</button></div>
            </form>
        }
    });
    page.layout(Layout::Narrow)
}
