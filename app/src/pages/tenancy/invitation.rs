//! An invitation's link. Opening it changes nothing: programs open links as well.

use axum::{extract::Path, response::Response};
use leptos::prelude::*;
use service::tenancy::{self, InvitationState, Invited};

use super::join::sign_in_first;
use crate::{
    failure::Failure,
    i18n::{args, t},
    page::{Page, see_done},
    ui::PostButton,
    visit::{SignedIn, Visit},
};

pub(super) async fn show(visit: Visit, Path(token): Path<String>) -> Result<Page, Failure> {
    let invited = tenancy::invitation(visit.installation(), &token).await?;
    let title = visit
        .locale
        .text("invitation-title", &args!(tenant = invited.tenant.clone()));
    let person = visit.person.as_ref().map(|person| person.email.clone());
    let here = format!("/invitations/{token}");
    Ok(visit.page(title.clone(), move || {
        view! {
            <div class="page-head">
                <h1>{title}</h1>
                <p class="lead">
                    {t!(&format!("invitation-lead-{}", invited.role), email = invited.email.clone())}
                </p>
            </div>
            <Answer invited person here />
        }
    }))
}

pub(super) async fn accept(visit: SignedIn, Path(token): Path<String>) -> Result<Response, Failure> {
    let slug = tenancy::accept_invitation(&visit.ctx(), &token).await?;
    Ok(see_done(&format!("/t/{slug}"), "joined"))
}

/// What can be done about the invitation.
#[component]
fn Answer(invited: Invited, person: Option<String>, here: String) -> AnyView {
    match (invited.state, person) {
        (InvitationState::Waiting, None) => sign_in_first(&here),
        (InvitationState::Waiting, Some(email)) if email.eq_ignore_ascii_case(&invited.email) => view! {
            <PostButton action=here text=t!("invitation-accept") />
        }
        .into_any(),
        (InvitationState::Waiting, Some(email)) => view! {
            <p>{t!("invitation-other-address", email = email, invited = invited.email)}</p>
            <PostButton action="/sign-out" text=t!("sign-out") />
        }
        .into_any(),
        (InvitationState::Accepted, _) => view! {
            <p>{t!("invitation-accepted")}</p>
            <p><a href=format!("/t/{}", invited.slug)>{invited.tenant}</a></p>
        }
        .into_any(),
        (InvitationState::Revoked | InvitationState::Expired, _) => {
            view! { <p>{t!("invitation-over")}</p> }.into_any()
        }
    }
}
