//! Joining a tenant by oneself.

use axum::{
    http::Method,
    response::{IntoResponse, Response},
};
use leptos::prelude::*;
use service::tenancy::{self, Joining};

use crate::{
    failure::Failure,
    i18n::t,
    page::{see_done, see_other, to_sign_in},
    pages::identity::with_back,
    ui::PostButton,
    visit::InTenant,
};

pub(super) async fn show(visit: InTenant) -> Result<Response, Failure> {
    let home = visit.path("");
    let joining = match visit.person {
        Some(_) => Some(tenancy::joining(&visit.ctx).await?),
        None => None,
    };
    if joining == Some(Joining::Member) {
        return Ok(see_other(&home));
    }
    let title = join_title(&visit);
    let tagline = visit.tenant.tagline.clone();
    let here = visit.path("/join");
    let page = visit.page(title.clone(), move || {
        view! {
            <div class="page-head">
                <h1>{title}</h1>
                {(!tagline.is_empty()).then(|| view! { <p class="lead">{tagline}</p> })}
            </div>
            {match joining {
                None => view! { {sign_in_first(&here)} }.into_any(),
                Some(Joining::Open | Joining::Member) => view! {
                    <p>{t!("join-open")}</p>
                    <PostButton action=here text=t!("join-send") />
                }
                .into_any(),
                Some(Joining::NeedsInvitation) => view! { <p>{t!("join-needs-invitation")}</p> }.into_any(),
                Some(Joining::Ended) => view! { <p>{t!("join-ended")}</p> }.into_any(),
            }}
        }
    });
    Ok(page.into_response())
}

pub(super) async fn send(visit: InTenant) -> Result<Response, Failure> {
    if visit.person.is_none() {
        return Ok(to_sign_in(&visit, &Method::GET));
    }
    tenancy::join(&visit.ctx).await?;
    Ok(see_done(&visit.path(""), "joined"))
}

fn join_title(visit: &InTenant) -> String {
    let args = crate::i18n::args!(tenant = visit.tenant.name.clone());
    visit.locale.text("join-title", &args)
}

/// Who is not signed in does that first, and comes back to `here`.
pub(super) fn sign_in_first(here: &str) -> AnyView {
    view! {
        <p>{t!("join-sign-in")}</p>
        <div class="buttons">
            <a class="button" href=with_back("/sign-in", here)>{t!("sign-in-title")}</a>
            <a class="button secondary" href=with_back("/sign-up", here)>{t!("sign-up-title")}</a>
        </div>
    }
    .into_any()
}
