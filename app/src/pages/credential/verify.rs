//! `/verify`: a badge from anywhere, pasted or as a file, checked for anybody.

use axum::{
    extract::Multipart,
    response::{IntoResponse, Response},
};
use domain::{
    Timestamp,
    credential::{Outcome, Report},
};
use leptos::prelude::*;
use serde_json::Value;
use service::{FieldErrors, SystemCtx, credential};

use super::verdict::Judgement;
use crate::{
    failure::Failure,
    form::Form,
    i18n::t,
    page::Page,
    pages::wallet::text,
    ui::{Day, ErrorSummary, TextArea},
    visit::Visit,
};

pub(super) async fn show(visit: Visit) -> Page {
    form_page(&visit, None)
}

pub(super) async fn check(visit: Visit, parts: Multipart) -> Result<Response, Failure> {
    let Sent { pasted, file } = read(parts).await;
    let badge = if file.trim().is_empty() { &pasted } else { &file };
    let typed = Form::filled([("badge", badge.clone())]);
    if badge.trim().is_empty() {
        return Ok(refused(&visit, typed, "verify-nothing"));
    }
    let Ok(document) = domain::credential::json::parse(badge) else {
        return Ok(refused(&visit, typed, "verify-not-json"));
    };
    let report = credential::verify(&SystemCtx::new(visit.installation().clone()), &document).await?;
    Ok(form_page(&visit, Some((report, document)))
        .filled(typed)
        .into_response())
}

fn refused(visit: &Visit, typed: Form, code: &str) -> Response {
    let mut errors = FieldErrors::default();
    errors.add("badge", code);
    form_page(visit, None).returned(typed, errors).into_response()
}

#[derive(Default)]
struct Sent {
    pasted: String,
    file: String,
}

/// What cannot be read is as good as not sent: the form says what it needs.
async fn read(mut parts: Multipart) -> Sent {
    let mut sent = Sent::default();
    while let Ok(Some(part)) = parts.next_field().await {
        let into = match part.name() {
            Some("badge") => &mut sent.pasted,
            Some("file") => &mut sent.file,
            _ => continue,
        };
        *into = part.text().await.unwrap_or_default();
    }
    sent
}

/// `checked` is what a badge was found to be, and the badge.
fn form_page(visit: &Visit, checked: Option<(Report, Value)>) -> Page {
    visit.page(visit.t("verify-title"), move || view! { <Verify checked /> })
}

#[component]
fn Verify(checked: Option<(Report, Value)>) -> impl IntoView {
    view! {
        <ErrorSummary />
        <div class="page-head">
            <h1>{t!("verify-title")}</h1>
            <p class="lead">{t!("verify-lead")}</p>
        </div>
        {checked.map(|(report, document)| {
            let outcome = report.outcome;
            view! { <Judgement report /><Claim document outcome /> }
        })}
        <form method="post" enctype="multipart/form-data">
            <div class="field">
                <label for="f-file">{t!("verify-file")}</label>
                <p class="hint" id="f-file-hint">{t!("verify-file-hint")}</p>
                <input type="file" id="f-file" name="file" accept=".json,.jsonld,application/json" aria-describedby="f-file-hint" />
            </div>
            <TextArea name="badge" label=t!("verify-paste") hint=t!("verify-paste-hint") rows=8 class="full" />
            <button class="button">{t!("verify-check")}</button>
        </form>
    }
    .into_any()
}

/// What the badge says: of worth only when its signature holds.
#[component]
fn Claim(document: Value, outcome: Outcome) -> AnyView {
    let name = [
        text(&document, "/credentialSubject/achievement/name"),
        text(&document, "/name"),
    ]
    .into_iter()
    .find(|name| !name.is_empty());
    let Some(name) = name else {
        return ().into_any();
    };
    let issuer = text(&document, "/issuer/name");
    let from = Timestamp::parse_rfc3339(&text(&document, "/validFrom")).ok();
    let title = if outcome == Outcome::Invalid {
        t!("verify-claims-invalid")
    } else {
        t!("verify-claims")
    };
    view! {
        <section class="section panel" aria-labelledby="claims">
            <h2 id="claims">{title}</h2>
            <dl>
                <dt>{t!("verify-badge")}</dt>
                <dd><strong>{name}</strong></dd>
                <dt>{t!("verify-says")}</dt>
                <dd>{text(&document, "/credentialSubject/achievement/description")}</dd>
                {(!issuer.is_empty()).then(|| view! { <dt>{t!("badge-issuer")}</dt><dd>{issuer}</dd> })}
                {from.map(|at| view! { <dt>{t!("badge-issued")}</dt><dd><Day at /></dd> })}
            </dl>
            <p class="muted">{t!("verify-holder")}</p>
        </section>
        <h2 class="section">{t!("verify-another")}</h2>
    }
    .into_any()
}
