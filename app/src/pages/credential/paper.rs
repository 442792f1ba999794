//! `/c/{credential}/proof.svg` and `/c/{credential}/certificate.pdf`: a badge
//! on paper, for whoever may see it.

use axum::{
    extract::Path,
    http::{HeaderValue, header},
    response::{IntoResponse, Response},
};
use domain::{Timestamp, id::CredentialId};
use leptos::prelude::*;
use service::credential::{self, CertificateWords, PublicCredential};

use super::forms::{kept, open};
use crate::{
    failure::Failure,
    i18n::{args, t},
    page::see_done,
    pages::wallet::text,
    ui::day_in,
    visit::Visit,
};

pub(super) async fn proof(visit: Visit, id: Path<String>) -> Result<Response, Failure> {
    let (ctx, badge) = open(&visit, &id).await?;
    let svg = credential::proof_svg(&ctx, &badge).await?;
    Ok(shown(&badge, "image/svg+xml", svg.into_bytes()))
}

pub(super) async fn certificate(visit: Visit, id: Path<String>) -> Result<Response, Failure> {
    let (ctx, badge) = open(&visit, &id).await?;
    let words = words(&visit, &badge);
    match credential::certificate(&ctx, &badge, words).await? {
        Some(sheet) => Ok(shown(&badge, "application/pdf", sheet)),
        None => Ok(see_done(&format!("/c/{}", badge.id), "certificate-letters")),
    }
}

fn shown(badge: &PublicCredential, kind: &'static str, bytes: Vec<u8>) -> Response {
    let headers = [
        (header::CONTENT_TYPE, kind),
        (header::CACHE_CONTROL, kept(badge.is_public)),
        (header::X_CONTENT_TYPE_OPTIONS, "nosniff"),
    ]
    .map(|(name, value)| (name, HeaderValue::from_static(value)));
    (headers, bytes).into_response()
}

fn words(visit: &Visit, badge: &PublicCredential) -> CertificateWords {
    let issuer = badge.issuer.name.clone();
    let until = Timestamp::parse_rfc3339(&text(&badge.document, "/validUntil")).ok();
    let mut facts = vec![
        (visit.t("badge-issuer"), issuer.clone()),
        (visit.t("badge-issued"), day_in(&visit.locale, badge.issued_at)),
    ];
    facts.extend(until.map(|until| (visit.t("badge-valid-until"), day_in(&visit.locale, until))));
    let verify = visit.installation().address("/verify");
    CertificateWords {
        language: visit.locale.tag(),
        title: visit
            .locale
            .text("certificate-title", &args!(name = text(&badge.document, "/name"))),
        issuer: visit.locale.text("achievement-badge-of", &args!(tenant = issuer)),
        earned_by: visit.t("badge-earned-by"),
        criteria: visit.t("badge-criteria"),
        goes_on: visit.t("certificate-goes-on"),
        facts,
        check_title: visit.t("certificate-check-title"),
        check: visit.locale.text("certificate-check", &args!(verify = verify)),
        picture: visit.t("certificate-picture"),
        symbol: visit.t("certificate-symbol"),
    }
}

/// A badge's code, and its certificate.
#[component]
pub(in crate::pages) fn OnPaper(id: CredentialId) -> AnyView {
    view! {
        <section class="section" id="paper">
            <h2>{t!("paper-title")}</h2>
            <p>{t!("paper-text")}</p>
            <p><img class="qr large" src=format!("/c/{id}/proof.svg") alt=t!("paper-symbol") width="384" height="384" /></p>
            <ul>
                <li><a href=format!("/c/{id}/certificate.pdf")>{t!("paper-certificate")}</a></li>
                <li><a href=format!("/c/{id}/proof.svg") download="proof.svg">{t!("paper-proof")}</a></li>
            </ul>
        </section>
    }
    .into_any()
}
