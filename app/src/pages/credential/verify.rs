//! `/verify`: a badge from anywhere, pasted or as a file, checked for anybody.

use axum::{
    extract::Multipart,
    response::{IntoResponse, Response},
};
use domain::{
    Timestamp,
    credential::{NotPresented, Outcome, Report, baked::BakingError},
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
    ui::{Day, ErrorSummary, FileField, TextArea},
    upload::Uploaded,
    visit::Visit,
};

pub(super) async fn show(visit: Visit) -> Page {
    form_page(&visit, None)
}

/// Bytes of a file with a badge in it.
/// A telephone's camera makes photographs of eight.
pub(super) const MOST_BYTES: usize = 12 << 20;

pub(super) async fn check(visit: Visit, parts: Multipart) -> Result<Response, Failure> {
    let sent = match Uploaded::read(parts, &["badge"], MOST_BYTES).await {
        Ok(sent) => sent,
        Err(broken) => return Ok(refused(&visit, broken.form, broken.errors)),
    };
    let (field, badge) = if sent.bytes.trim_ascii().is_empty() {
        ("badge", sent.form.text("badge").as_bytes().to_vec())
    } else {
        ("file", sent.bytes)
    };
    let read = if badge.trim_ascii().is_empty() {
        Err("verify-nothing")
    } else {
        credential::presented(badge).await.map_err(|cause| match cause {
            NotPresented::Unknown => "verify-not-json",
            NotPresented::Picture(BakingError::NoCredential) => "verify-only-a-picture",
            NotPresented::Picture(_) => "verify-broken-picture",
            NotPresented::Paper(_) => "verify-broken-paper",
        })
    };
    let presented = match read {
        Ok(presented) => presented,
        Err(code) => {
            let mut errors = FieldErrors::default();
            errors.add(field, code);
            return Ok(refused(&visit, sent.form, errors));
        }
    };
    let document = presented.document();
    let report = credential::verify(&SystemCtx::new(visit.installation().clone()), presented).await?;
    Ok(form_page(&visit, Some((report, document)))
        .filled(sent.form)
        .into_response())
}

fn refused(visit: &Visit, typed: Form, errors: FieldErrors) -> Response {
    form_page(visit, None).returned(typed, errors).into_response()
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
            <FileField label=t!("verify-file") hint=t!("verify-file-hint") accept=".json,.jsonld,.jwt,.svg,application/json,image/png,image/jpeg" />
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
    let from = ["/validFrom", "/issuanceDate"]
        .iter()
        .find_map(|name| Timestamp::parse_rfc3339(&text(&document, name)).ok());
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
