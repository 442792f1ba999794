//! `/verify`: a badge from anywhere, pasted or as a file, checked for anybody.

use axum::{
    extract::Multipart,
    response::{IntoResponse, Response},
};
use domain::credential::Report;
use leptos::prelude::*;
use serde_json::Value;
use service::{FieldErrors, SystemCtx, credential};

use super::verdict::Judgement;
use crate::{
    failure::Failure,
    form::Form,
    i18n::t,
    page::Page,
    ui::{ErrorSummary, TextArea},
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
    let Ok(document) = serde_json::from_str::<Value>(badge) else {
        return Ok(refused(&visit, typed, "verify-not-json"));
    };
    let report = credential::verify(&SystemCtx::new(visit.installation().clone()), &document).await?;
    Ok(form_page(&visit, Some(report)).filled(typed).into_response())
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

fn form_page(visit: &Visit, report: Option<Report>) -> Page {
    visit.page(visit.t("verify-title"), move || view! { <Verify report /> })
}

#[component]
fn Verify(report: Option<Report>) -> impl IntoView {
    view! {
        <ErrorSummary />
        <div class="page-head">
            <h1>{t!("verify-title")}</h1>
            <p class="lead">{t!("verify-lead")}</p>
        </div>
        {report.map(|report| view! { <Judgement report /> })}
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
