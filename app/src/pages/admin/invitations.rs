//! Inviting people by mail.

use axum::response::{IntoResponse, Response};
use domain::{id::InvitationId, tenancy::Role};
use leptos::prelude::*;
use service::{
    Error, Paged,
    tenancy::{self, Invitation, InvitationState},
};

use super::{
    frame::{self, INVITATIONS},
    person::assignable,
};
use crate::{
    failure::Failure,
    form::Form,
    i18n::t,
    in_path::InPath,
    page::{Page, see_done},
    ui::{Choices, Day, ErrorSummary, Hidden, Pages, PostButton, Table, Tag, TextField, Tone},
    visit::{InTenant, Member},
};

pub(super) async fn show(Member(visit): Member) -> Result<Page, Failure> {
    let id: InvitationId = visit.ctx.new_id();
    let form = Form::filled([("id", id.to_string()), ("role", Role::Learner.to_string())]);
    Ok(page(&visit).await?.filled(form))
}

pub(super) async fn send(Member(visit): Member, form: Form) -> Result<Response, Failure> {
    let id = form.parsed("id").unwrap_or_else(|| visit.ctx.new_id());
    match tenancy::invite(&visit.ctx, id, form.text("email"), form.text("role")).await {
        Ok(()) => Ok(see_done(&visit.path(INVITATIONS.0), "invited")),
        Err(Error::Invalid(errors)) => Ok(page(&visit).await?.returned(form, errors).into_response()),
        Err(error) => Err(error.into()),
    }
}

pub(super) async fn revoke(
    Member(visit): Member,
    InPath(id): InPath<InvitationId>,
) -> Result<Response, Failure> {
    tenancy::revoke_invitation(&visit.ctx, id).await?;
    Ok(see_done(&visit.path(INVITATIONS.0), "invitation-revoked"))
}

async fn page(visit: &InTenant) -> Result<Page, Failure> {
    let wanted = visit
        .query("page")
        .and_then(|page| page.parse().ok())
        .unwrap_or(1);
    let list = tenancy::invitations(&visit.ctx, wanted).await?;
    let own = visit.ctx.actor().role.unwrap_or(Role::Learner);
    let path = visit.path(INVITATIONS.0);
    let title = visit.t(INVITATIONS.1);
    Ok(frame::page(visit, INVITATIONS, title, move || {
        view! {
            <ErrorSummary />
            <h1>{t!("admin-invitations-title")}</h1>
            <form method="post" action=path.clone()>
                <Hidden name="id" />
                <TextField
                    name="email"
                    label=t!("field-email")
                    hint=t!("admin-invitations-email-hint")
                    kind="email"
                />
                <Choices name="role" legend=t!("field-role") choices=assignable(own) />
                <div class="buttons"><button class="button">{t!("admin-invitations-send")}</button></div>
            </form>
            <Sent path list />
        }
    }))
}

#[component]
fn Sent(path: String, list: Paged<Invitation>) -> AnyView {
    if list.rows.is_empty() {
        return view! { <p class="section muted">{t!("admin-invitations-none")}</p> }.into_any();
    }
    let rows = list
        .rows
        .into_iter()
        .map(|invitation| view! { <SentRow path=path.clone() invitation /> })
        .collect_view();
    let address = move |page: u32| format!("{path}?page={page}");
    view! {
        <section class="section">
            <Table id="sent" caption=t!("admin-invitations-sent")>
                <thead>
                    <tr>
                        <th scope="col">{t!("field-email")}</th>
                        <th scope="col">{t!("field-role")}</th>
                        <th scope="col">{t!("admin-invitations-sent-at")}</th>
                        <th scope="col">{t!("admin-invitations-state")}</th>
                        <th scope="col"><span class="sr">{t!("admin-invitations-revoke")}</span></th>
                    </tr>
                </thead>
                <tbody>{rows}</tbody>
            </Table>
            <Pages page=list.page of=list.pages address />
        </section>
    }
    .into_any()
}

#[component]
fn SentRow(path: String, invitation: Invitation) -> AnyView {
    let (state, tone) = match invitation.state {
        InvitationState::Waiting => ("waiting", Tone::Warn),
        InvitationState::Accepted => ("accepted", Tone::Good),
        InvitationState::Revoked => ("revoked", Tone::Bad),
        InvitationState::Expired => ("expired", Tone::Bad),
    };
    let email = invitation.email;
    let revoke = (invitation.state == InvitationState::Waiting).then(|| {
        let action = format!("{path}/{}/revoke", invitation.id);
        view! {
            <PostButton
                action
                text=t!("admin-invitations-revoke")
                what=email.clone()
                class="button small secondary"
            />
        }
    });
    view! {
        <tr>
            <th scope="row">{email}</th>
            <td>{t!(&format!("role-{}", invitation.role))}</td>
            <td><Day at=invitation.sent_at /></td>
            <td><Tag tone text=t!(&format!("invitation-state-{state}")) /></td>
            <td>{revoke}</td>
        </tr>
    }
    .into_any()
}
