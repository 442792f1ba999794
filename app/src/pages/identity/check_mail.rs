//! Something is on its way by mail; and where it is the link that confirms an
//! address, asking for it once more.

use axum::response::{IntoResponse, Response};
use leptos::prelude::*;
use service::{Error, identity};

use super::back;
use crate::{
    failure::Failure,
    form::Form,
    i18n::t,
    page::{Page, see_other},
    ui::{ErrorSummary, Hidden, TextField},
    visit::Visit,
};

/// For what: each has a text `check-mail-…`.
const REASONS: [&str; 5] = ["sign-up", "verify", "again", "reset", "email"];
/// For the link that a new account needs.
const FOR_AN_ACCOUNT: [&str; 3] = ["sign-up", "verify", "again"];

/// Where one is sent when something is on its way; in the end to `back`.
pub(super) fn address(reason: &str, back: &str) -> String {
    let mut query = url::form_urlencoded::Serializer::new(String::new());
    query.append_pair("for", reason);
    if back != "/" {
        query.append_pair("back", back);
    }
    format!("/check-your-mail?{}", query.finish())
}

pub(super) async fn show(visit: Visit) -> Page {
    let wanted = visit.query("for").unwrap_or_default();
    let reason = REASONS
        .into_iter()
        .find(|reason| *reason == wanted)
        .unwrap_or("sign-up");
    let form = Form::filled([("back", back::wanted(&visit))]);
    page(&visit, reason).filled(form)
}

pub(super) async fn send_again(visit: Visit, form: Form) -> Result<Response, Failure> {
    let back = back::checked(form.text("back"));
    let wanted = (back != "/").then_some(back.as_str());
    match identity::verify_again(visit.installation(), form.text("email"), wanted).await {
        Ok(()) => Ok(see_other(&address("again", &back))),
        Err(Error::Invalid(errors)) => Ok(page(&visit, "again").returned(form, errors).into_response()),
        Err(error) => Err(error.into()),
    }
}

fn page(visit: &Visit, reason: &'static str) -> Page {
    visit.page(visit.t("check-mail-title"), move || {
        view! {
            <ErrorSummary />
            <div class="page-head">
                <h1>{t!("check-mail-title")}</h1>
                <p class="lead">{t!(&format!("check-mail-{reason}"))}</p>
            </div>
            <p>{t!("check-mail-nothing")}</p>
            {FOR_AN_ACCOUNT.contains(&reason).then(|| view! { <Again /> })}
        }
    })
}

#[component]
fn Again() -> AnyView {
    view! {
        <section class="section">
            <h2>{t!("check-mail-again-title")}</h2>
            <form method="post" action="/check-your-mail">
                <Hidden name="back" />
                <TextField
                    name="email"
                    label=t!("field-email")
                    hint=t!("check-mail-again-hint")
                    kind="email"
                    autocomplete="username"
                />
                <div class="buttons"><button class="button secondary">{t!("check-mail-again-send")}</button></div>
            </form>
        </section>
    }
    .into_any()
}
