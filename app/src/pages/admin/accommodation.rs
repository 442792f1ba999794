//! What a member is given wherever they are assessed.

use axum::response::{IntoResponse, Response};
use domain::{assessment::Accommodation, id::MembershipId};
use leptos::prelude::*;
use service::{Error, FieldErrors, tenancy};

use super::frame::{self, PEOPLE};
use crate::{
    failure::Failure,
    form::Form,
    i18n::t,
    in_path::InPath,
    page::{Page, see_done},
    ui::{Crumbs, ErrorSummary, Hidden, Place, TextField},
    visit::{InTenant, Member},
};

const FIELDS: [&str; 2] = ["extra-time", "breaks"];

pub(super) async fn show(Member(visit): Member, InPath(id): InPath<MembershipId>) -> Result<Page, Failure> {
    let given = tenancy::accommodation(&visit.ctx, id).await?;
    let values = [given.extra_time, given.breaks].map(|value| value.to_string());
    Ok(page(&visit, id).await?.filled(Form::with_seen(FIELDS, values)))
}

pub(super) async fn send(
    Member(visit): Member,
    InPath(id): InPath<MembershipId>,
    form: Form,
) -> Result<Response, Failure> {
    match store(&visit, id, &form).await {
        Ok(()) => Ok(see_done(
            &visit.path(&format!("{}/{id}", PEOPLE.0)),
            "accommodation-saved",
        )),
        Err(Error::Invalid(errors)) => Ok(page(&visit, id).await?.returned(form, errors).into_response()),
        Err(error) => Err(error.into()),
    }
}

async fn store(visit: &InTenant, id: MembershipId, form: &Form) -> Result<(), Error> {
    let mut errors = FieldErrors::default();
    let next = read(form, "", &mut errors);
    errors.check()?;
    let seen = read(form, "seen-", &mut FieldErrors::default());
    tenancy::set_accommodation(&visit.ctx, id, seen, next).await
}

fn read(form: &Form, before: &str, errors: &mut FieldErrors) -> Accommodation {
    let [extra_time, breaks] = FIELDS.map(|name| {
        let typed = form.text(&format!("{before}{name}")).trim();
        let number = if typed.is_empty() {
            Some(0)
        } else {
            typed.parse().ok()
        };
        if number.is_none() {
            errors.add(name, "item-whole-number");
        }
        number.unwrap_or(0)
    });
    Accommodation { extra_time, breaks }
}

async fn page(visit: &InTenant, id: MembershipId) -> Result<Page, Failure> {
    let person = tenancy::member(&visit.ctx, id).await?;
    let people = visit.path(PEOPLE.0);
    let title = visit.t("accommodation-title");
    Ok(frame::page(visit, PEOPLE, title, move || {
        let above = vec![
            Place::new(people.clone(), t!("admin-people-title")),
            Place::new(format!("{people}/{id}"), person.name.clone()),
        ];
        view! {
            <Crumbs places=above />
            <ErrorSummary />
            <h1>{t!("accommodation-title")}</h1>
            <p class="lead">{t!("accommodation-lead", name = person.name.clone())}</p>
            <form method="post">
                {FIELDS.map(|name| view! { <Hidden name=format!("seen-{name}") /> })}
                <TextField
                    name="extra-time"
                    label=t!("accommodation-extra-time")
                    hint=t!("accommodation-extra-time-hint")
                    inputmode="numeric"
                    required=false
                    class="short"
                />
                <TextField
                    name="breaks"
                    label=t!("accommodation-breaks")
                    hint=t!("accommodation-breaks-hint")
                    inputmode="numeric"
                    required=false
                    class="short"
                />
                <div class="buttons"><button class="button">{t!("form-save")}</button></div>
            </form>
        }
    }))
}
