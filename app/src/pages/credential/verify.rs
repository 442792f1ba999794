//! `/verify`: a badge from anywhere, pasted or as a file, checked for anybody.

use axum::{
    extract::Multipart,
    response::{IntoResponse, Response},
};
use domain::{
    Timestamp,
    credential::{NotPresented, Outcome, Presented, Report, baked::BakingError},
};
use leptos::prelude::*;
use serde_json::Value;
use service::{FieldErrors, SystemCtx, credential};

use super::verdict::{Judgement, in_brief};
use crate::{
    failure::Failure,
    form::Form,
    i18n::t,
    page::Page,
    pages::wallet::text,
    ui::{Day, ErrorSummary, FileField, Table, TextArea},
    upload::{MOST_FILES, Uploaded},
    visit::Visit,
};

pub(super) async fn show(visit: Visit) -> Page {
    form_page(&visit, None)
}

/// Bytes of a file with a badge in it.
/// A telephone's camera makes photographs of eight.
pub(super) const MOST_BYTES: usize = 12 << 20;

/// A badge, and what it was found to be.
type Found = (Report, Value);

/// What came of a check.
enum Checked {
    One(Box<Found>),
    /// Of each file its name, and what it was found to be or why it is no badge.
    Many(Vec<(String, Result<Found, &'static str>)>),
}

pub(super) async fn check(visit: Visit, parts: Multipart) -> Result<Response, Failure> {
    let sent = match Uploaded::read(parts, &["badge"], MOST_BYTES).await {
        Ok(sent) => sent,
        Err(broken) => return Ok(refused(&visit, broken.form, broken.errors)),
    };
    let ctx = SystemCtx::new(visit.installation().clone());
    if !sent.more.is_empty() {
        let mut files = sent.more;
        files.insert(0, (sent.name, sent.bytes));
        if files.len() > MOST_FILES {
            return Ok(refused_at(&visit, sent.form, "file", "verify-too-many"));
        }
        let checked = Checked::Many(check_each(&ctx, files).await?);
        return Ok(form_page(&visit, Some(checked)).filled(sent.form).into_response());
    }
    let (field, badge) = if sent.bytes.trim_ascii().is_empty() {
        ("badge", sent.form.text("badge").as_bytes().to_vec())
    } else {
        ("file", sent.bytes)
    };
    let presented = match read(badge).await {
        Ok(presented) => presented,
        Err(code) => return Ok(refused_at(&visit, sent.form, field, code)),
    };
    let document = presented.document();
    let report = credential::verify(&ctx, presented).await?;
    let checked = Checked::One(Box::new((report, document)));
    Ok(form_page(&visit, Some(checked)).filled(sent.form).into_response())
}

/// The badge in these bytes, or why there is none.
async fn read(badge: Vec<u8>) -> Result<Presented, &'static str> {
    if badge.trim_ascii().is_empty() {
        return Err("verify-nothing");
    }
    credential::presented(badge).await.map_err(|cause| match cause {
        NotPresented::Unknown => "verify-not-json",
        NotPresented::Picture(BakingError::NoCredential) => "verify-only-a-picture",
        NotPresented::Picture(_) => "verify-broken-picture",
        NotPresented::Paper(_) => "verify-broken-paper",
    })
}

async fn check_each(
    ctx: &SystemCtx,
    files: Vec<(String, Vec<u8>)>,
) -> Result<Vec<(String, Result<Found, &'static str>)>, Failure> {
    let mut badges = Vec::new();
    let mut seen = Vec::new();
    for (name, bytes) in files {
        let document = match read(bytes).await {
            Ok(presented) => {
                let document = presented.document();
                badges.push(presented);
                Ok(document)
            }
            Err(code) => Err(code),
        };
        seen.push((name, document));
    }
    let mut reports = credential::verify_all(ctx, badges).await?.into_iter();
    // A report for each badge, in their order.
    let found = seen.into_iter().filter_map(|(name, document)| match document {
        Ok(document) => Some((name, Ok((reports.next()?, document)))),
        Err(code) => Some((name, Err(code))),
    });
    Ok(found.collect())
}

fn refused_at(visit: &Visit, typed: Form, field: &str, code: &str) -> Response {
    let mut errors = FieldErrors::default();
    errors.add(field, code);
    refused(visit, typed, errors)
}

fn refused(visit: &Visit, typed: Form, errors: FieldErrors) -> Response {
    form_page(visit, None).returned(typed, errors).into_response()
}

fn form_page(visit: &Visit, checked: Option<Checked>) -> Page {
    visit.page(visit.t("verify-title"), move || view! { <Verify checked /> })
}

#[component]
fn Verify(checked: Option<Checked>) -> impl IntoView {
    let checked = checked.map(|checked| match checked {
        Checked::One(found) => {
            let (report, document) = *found;
            let outcome = report.outcome;
            view! { <Judgement report /><Claim document outcome /> }.into_any()
        }
        Checked::Many(files) => view! { <Results files /> }.into_any(),
    });
    view! {
        <ErrorSummary />
        <div class="page-head">
            <h1>{t!("verify-title")}</h1>
            <p class="lead">{t!("verify-lead")}</p>
        </div>
        {checked}
        <form method="post" enctype="multipart/form-data">
            <FileField
                label=t!("verify-file")
                hint=t!("verify-file-hint")
                accept=".json,.jsonld,.jwt,.svg,application/json,image/png,image/jpeg"
                several=true
            />
            <TextArea name="badge" label=t!("verify-paste") hint=t!("verify-paste-hint") rows=8 class="full" />
            <button class="button">{t!("verify-check")}</button>
        </form>
        <p class="muted">
            {t!("verify-software")}" "<a href="/api/v1/openapi.json">"/api/v1/openapi.json"</a>
        </p>
    }
    .into_any()
}

/// What each of several files was found to be.
#[component]
fn Results(files: Vec<(String, Result<Found, &'static str>)>) -> AnyView {
    let rows = files.into_iter().map(result).collect_view();
    view! {
        <Table id="results" caption=t!("verify-results")>
            <thead>
                <tr>
                    <th scope="col">{t!("verify-result-file")}</th>
                    <th scope="col">{t!("verify-result")}</th>
                    <th scope="col">{t!("verify-badge")}</th>
                    <th scope="col">{t!("badge-issuer")}</th>
                </tr>
            </thead>
            <tbody>{rows}</tbody>
        </Table>
        <p class="muted">{t!("verify-results-more")}</p>
        <h2 class="section">{t!("verify-another")}</h2>
    }
    .into_any()
}

fn result((file, found): (String, Result<Found, &'static str>)) -> AnyView {
    let (verdict, name, issuer) = match found {
        Ok((report, document)) => (
            in_brief(&report),
            named(&document).unwrap_or_default(),
            text(&document, "/issuer/name"),
        ),
        Err(code) => (
            t!(&format!("error-{code}")).into_any(),
            String::new(),
            String::new(),
        ),
    };
    view! {
        <tr>
            <th scope="row">{file}</th>
            <td>{verdict}</td>
            <td>{name}</td>
            <td>{issuer}</td>
        </tr>
    }
    .into_any()
}

/// What the badge says: of worth only when its signature holds.
#[component]
fn Claim(document: Value, outcome: Outcome) -> AnyView {
    let Some(name) = named(&document) else {
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

/// What a badge says it is called, if it says so.
fn named(document: &Value) -> Option<String> {
    [
        text(document, "/credentialSubject/achievement/name"),
        text(document, "/name"),
    ]
    .into_iter()
    .find(|name| !name.is_empty())
}
