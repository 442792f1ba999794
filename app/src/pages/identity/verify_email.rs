//! The link that shows that an address is theirs. Opening it changes nothing:
//! programs open links as well.

use axum::response::Response;
use service::identity::{self, Verified};

use leptos::prelude::*;

use super::{back, with_back};
use crate::{
    failure::Failure,
    form::Form,
    i18n::t,
    page::{Page, see_done},
    ui::Hidden,
    visit::Visit,
};

pub(super) async fn show(visit: Visit) -> Page {
    let token = visit.query("token").unwrap_or_default();
    let form = Form::filled([("token", token), ("back", back::wanted(&visit))]);
    visit
        .page(visit.t("verify-email-title"), || {
            view! {
                <div class="page-head">
                    <h1>{t!("verify-email-title")}</h1>
                    <p class="lead">{t!("verify-email-lead")}</p>
                </div>
                <form method="post" action="/verify-email">
                    <Hidden name="token" />
                    <Hidden name="back" />
                    <div class="buttons"><button class="button">{t!("verify-email-send")}</button></div>
                </form>
            }
        })
        .filled(form)
}

pub(super) async fn send(visit: Visit, form: Form) -> Result<Response, Failure> {
    let back = back::checked(form.text("back"));
    let verified = identity::verify_email(visit.installation(), form.text("token")).await?;
    Ok(match verified {
        Verified::NewAddress => see_done("/account/email", "email-changed"),
        Verified::Account if visit.person.is_some() => see_done(&back, "email-verified"),
        Verified::Account => see_done(&with_back("/sign-in", &back), "email-verified"),
    })
}
