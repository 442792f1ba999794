//! One member: their role, and ending their membership.

use axum::response::{IntoResponse, Response};
use domain::{id::MembershipId, tenancy::Role};
use leptos::prelude::*;
use service::{
    Error,
    tenancy::{self, Member as Person},
};

use super::frame::{self, PEOPLE};
use crate::{
    failure::Failure,
    form::Form,
    i18n::t,
    in_path::InPath,
    page::{Page, see_done},
    ui::{Choice, Choices, Crumbs, Day, ErrorSummary, Hidden, Place, PostButton},
    visit::{InTenant, Member},
};

pub(super) async fn show(Member(visit): Member, InPath(id): InPath<MembershipId>) -> Result<Page, Failure> {
    let person = tenancy::member(&visit.ctx, id).await?;
    let role = person.role.as_str();
    let form = Form::filled([("role", role), ("seen", role)]);
    Ok(page(&visit, person).filled(form))
}

pub(super) async fn change_role(
    Member(visit): Member,
    InPath(id): InPath<MembershipId>,
    form: Form,
) -> Result<Response, Failure> {
    match tenancy::change_role(&visit.ctx, id, form.text("seen"), form.text("role")).await {
        Ok(()) => Ok(see_done(&visit.path(PEOPLE.0), "role-changed")),
        Err(Error::Invalid(errors)) => {
            let person = tenancy::member(&visit.ctx, id).await?;
            Ok(page(&visit, person).returned(form, errors).into_response())
        }
        Err(error) => Err(error.into()),
    }
}

pub(super) async fn end(
    Member(visit): Member,
    InPath(id): InPath<MembershipId>,
) -> Result<Response, Failure> {
    tenancy::end_membership(&visit.ctx, id).await?;
    Ok(see_done(&visit.path(PEOPLE.0), "membership-ended"))
}

fn page(visit: &InTenant, person: Person) -> Page {
    let own = visit.ctx.actor().role;
    let people = visit.path(PEOPLE.0);
    frame::page(visit, PEOPLE, person.name.clone(), move || {
        view! {
            <Crumbs places=vec![Place::new(people.clone(), t!("admin-people-title"))] />
            <ErrorSummary />
            <h1>{person.name.clone()}</h1>
            <p class="meta">
                <span>{person.email.clone()}</span>
                <span>{t!("admin-person-since")} " " <Day at=person.joined_at /></span>
            </p>
            <p><a href=format!("{people}/{}/accommodation", person.id)>{t!("accommodation-open")}</a></p>
            <Changes person own people />
        }
    })
}

/// What a member with the role `own` may change about `person`.
#[component]
fn Changes(person: Person, own: Option<Role>, people: String) -> AnyView {
    let Some(own) = own.filter(|own| own.may_assign(person.role)) else {
        let role = t!(&format!("role-{}", person.role));
        return view! { <p>{t!("admin-person-above", role = role)}</p> }.into_any();
    };
    let address = format!("{people}/{}", person.id);
    view! {
        <form method="post" action=address.clone()>
            <Hidden name="seen" />
            <Choices name="role" legend=t!("field-role") choices=assignable(own) />
            <div class="buttons"><button class="button">{t!("admin-person-change-role")}</button></div>
        </form>
        <section class="section">
            <h2>{t!("admin-person-end")}</h2>
            <p>{t!("admin-person-end-hint", name = person.name)}</p>
            <PostButton action=format!("{address}/end") text=t!("admin-person-end") class="button danger secondary" />
        </section>
    }
    .into_any()
}

/// The roles that a member with the role `own` may give.
pub(super) fn assignable(own: Role) -> Vec<Choice> {
    Role::ALL
        .iter()
        .filter(|role| own.may_assign(**role))
        .map(|role| Choice {
            value: role.to_string(),
            text: t!(&format!("role-{role}")),
            hint: t!(&format!("role-{role}-hint")),
        })
        .collect()
}
