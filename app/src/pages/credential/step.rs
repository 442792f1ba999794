//! `/t/{tenant}/admin/credentials/{credential}/{step}`: suspending a badge,
//! putting it into force again, and revoking it.

use axum::{
    extract::Path,
    response::{IntoResponse, Redirect, Response},
};
use domain::{credential::Step, id::CredentialId};
use leptos::prelude::*;
use service::{
    Error,
    credential::{self, IssuedCredential},
};

use crate::{
    failure::Failure,
    form::Form,
    i18n::t,
    page::{Page, see_done},
    pages::admin::frame::{self, CREDENTIALS},
    ui::{Crumbs, ErrorSummary, Place, TextArea},
    visit::Member,
};

type Address = Path<(String, String, String)>;

pub(super) async fn ask(place: Member, Path((_, id, step)): Address) -> Result<Page, Failure> {
    let turn = named(&step)?;
    let badge = find(&place, &id).await?;
    possible(&badge, turn.step())?;
    Ok(page(&place, badge, turn.step()))
}

pub(super) async fn take(
    place: Member,
    Path((_, id, step)): Address,
    form: Form,
) -> Result<Response, Failure> {
    let turn = named(&step)?;
    let badge = find(&place, &id).await?;
    let (id, reason) = (badge.id, form.text("reason"));
    let taken = match turn {
        Turn::Suspend => credential::suspend(&place.ctx, id, reason).await,
        Turn::Reinstate => credential::reinstate(&place.ctx, id, reason).await,
        Turn::Revoke => credential::revoke(&place.ctx, id, reason).await,
    };
    let step = turn.step();
    let address = place.path(&format!("/admin/credentials/{id}"));
    match taken {
        Ok(true) => Ok(see_done(&address, &format!("badge-{step}"))),
        // Somebody was faster: how it is now stands there, with their reason.
        Ok(false) => Ok(Redirect::to(&address).into_response()),
        Err(Error::Invalid(errors)) => Ok(page(&place, badge, step).returned(form, errors).into_response()),
        Err(other) => Err(other.into()),
    }
}

/// A step that somebody in charge takes.
#[derive(Clone, Copy)]
enum Turn {
    Suspend,
    Reinstate,
    Revoke,
}

impl Turn {
    fn step(self) -> Step {
        match self {
            Self::Suspend => Step::Suspended,
            Self::Reinstate => Step::Reinstated,
            Self::Revoke => Step::Revoked,
        }
    }
}

/// What an address names.
fn named(verb: &str) -> Result<Turn, Error> {
    match verb {
        "suspend" => Ok(Turn::Suspend),
        "reinstate" => Ok(Turn::Reinstate),
        "revoke" => Ok(Turn::Revoke),
        _ => Err(Error::NotFound),
    }
}

async fn find(place: &Member, id: &str) -> Result<IssuedCredential, Error> {
    let id: CredentialId = id.parse().map_err(|_| Error::NotFound)?;
    credential::issued_one(&place.ctx, id).await
}

/// Nobody is asked for a reason for what will be refused, or changes nothing.
fn possible(badge: &IssuedCredential, step: Step) -> Result<(), Error> {
    if badge.standing.is_revoked() {
        return Err(Error::Refused("credential-revoked"));
    }
    match badge.standing.admits(step) {
        Ok(false) | Err(_) => Err(Error::Refused("credential-unchanged")),
        Ok(true) if step == Step::Suspended && !badge.can_be_suspended => {
            Err(Error::Refused("credential-not-suspendable"))
        }
        Ok(true) => Ok(()),
    }
}

fn page(place: &Member, badge: IssuedCredential, step: Step) -> Page {
    let list = place.path("/admin/credentials");
    let own = format!("{list}/{}", badge.id);
    let title = place.t(&format!("badge-step-{step}-title"));
    let class = if step == Step::Revoked {
        "button danger"
    } else {
        "button"
    };
    frame::page(place, CREDENTIALS, title.clone(), move || {
        view! {
            <Crumbs places=vec![
                Place::new(list, t!("issued-title")),
                Place::new(own.clone(), badge.badge.clone()),
            ] />
            <ErrorSummary />
            <h1>{title}</h1>
            <p class="lead">{t!("badge-step-lead", badge = badge.badge, name = badge.holder_name)}</p>
            <p>{t!(&format!("badge-step-{step}-text"))}</p>
            <form method="post">
                <TextArea
                    name="reason"
                    label=t!("badge-step-reason")
                    hint=t!(&format!("badge-step-{step}-hint"))
                    rows=3
                />
                <div class="buttons">
                    <button class=class>{t!(&format!("badge-step-{step}-do"))}</button>
                    <a class="button quiet" href=own>{t!("badge-step-back")}</a>
                </div>
            </form>
        }
        .into_any()
    })
}
