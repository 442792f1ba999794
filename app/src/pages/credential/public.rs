//! `/c/{credential}`: a badge for everybody whom its holder lets, checked now;
//! the badge itself for software that asks for it.

use std::sync::Arc;

use axum::{
    extract::Path,
    http::{HeaderMap, HeaderValue, header},
    response::{IntoResponse, Response},
};
use domain::credential::{Presented, Report, Standing};
use leptos::prelude::*;
use service::{
    Error, SystemCtx,
    credential::{self, PublicCredential},
    mastery::About,
    program::GroundsView,
    tenancy,
};

use super::{
    documents::open,
    forms::{Downloads, kept},
    happened::Halted,
    log::InLog,
    paper::OnPaper,
    verdict::Judgement,
};
use crate::{
    failure::Failure,
    i18n::t,
    pages::wallet::{picture, text},
    ui::{Day, Notice, Tone, day},
    visit::Visit,
};

pub(super) async fn show(
    mut visit: Visit,
    Path(id): Path<String>,
    headers: HeaderMap,
) -> Result<Response, Failure> {
    let id = id.parse().map_err(|_| Error::NotFound)?;
    let ctx = SystemCtx::new(visit.installation().clone());
    let viewer = visit.person.as_ref().map(|person| person.id);
    let badge = credential::public_credential(&ctx, id, viewer).await?;
    let signed = match wanted(&headers) {
        Wanted::Page => None,
        Wanted::Document => Some(("application/vc+ld+json", badge.signed.clone())),
        Wanted::Token => Some(("application/vc+jwt", credential::token(&ctx, &badge).await?)),
    };
    if let Some((kind, signed)) = signed {
        let cache = HeaderValue::from_static(kept(badge.is_public));
        let mut response = open(HeaderValue::from_static(kind), cache, signed);
        response
            .headers_mut()
            .insert(header::VARY, HeaderValue::from_static("accept"));
        return Ok(response);
    }
    let mut report = credential::verify(&ctx, Presented::Document(badge.document.clone())).await?;
    // The page says it above the badge.
    report.standing = None;
    let title = text(&badge.document, "/name");
    let address = visit.installation().address(&format!("/c/{}", badge.id));
    // The page is the issuer's: its name above, its colours.
    let (issuer, ctx) = tenancy::enter(visit.installation(), &badge.issuer.slug, viewer).await?;
    visit.place = Some((Arc::new(issuer), ctx));
    Ok(visit
        .page(title, move || view! { <PublicBadge badge report address /> })
        .into_response())
}

/// What is asked for.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Wanted {
    Page,
    Document,
    Token,
}

/// A browser asks for HTML first; everything that names a token or JSON means
/// the badge.
pub(super) fn wanted(headers: &HeaderMap) -> Wanted {
    let accepted = headers
        .get(header::ACCEPT)
        .and_then(|value| value.to_str().ok())
        .unwrap_or_default();
    if accepted.contains("text/html") {
        Wanted::Page
    } else if accepted.contains("application/vc+jwt") {
        Wanted::Token
    } else if accepted.contains("json") {
        Wanted::Document
    } else {
        Wanted::Page
    }
}

#[component]
fn PublicBadge(
    badge: PublicCredential,
    report: Report,
    /// Where this page stands, to be typed from paper.
    address: String,
) -> impl IntoView {
    let id = badge.id;
    let document = badge.document;
    let issuer = badge.issuer;
    let counts = badge.standing == Standing::InForce;
    view! {
        {(!badge.is_public).then(|| view! {
            <div class="screen"><Notice tone=Tone::Info><p>{t!("badge-only-you")}</p></Notice></div>
        })}
        <Halted standing=badge.standing />
        <article class="certificate sheet">
            <div class="badge large"><img src=picture(&document) alt="" width="256" height="256" /></div>
            <div>
                <p class="meta">{t!("achievement-badge-of", tenant = issuer.name.clone())}</p>
                <h1>{text(&document, "/name")}</h1>
                <p class="holder">{t!("badge-earned-by")}" "<strong>{badge.holder}</strong></p>
                <p>{text(&document, "/credentialSubject/achievement/description")}</p>
                <dl>
                    <dt>{t!("badge-issuer")}</dt>
                    <dd>
                        <a href=format!("/t/{}", issuer.slug)>{issuer.name}</a>
                        <br />
                        <a class="screen" href=format!("/t/{}/issuer", issuer.slug)>{t!("issuer-link")}</a>
                    </dd>
                    <dt>{t!("badge-issued")}</dt>
                    <dd><Day at=badge.issued_at /></dd>
                    <dt>{t!("badge-log")}</dt>
                    <dd><InLog address=format!("/c/{id}") logged=badge.logged_at /></dd>
                    <dt>{t!("badge-criteria")}</dt>
                    <dd><a href=text(&document, "/credentialSubject/achievement/id")>{t!("badge-criteria-link")}</a></dd>
                    <dt class="paper">{t!("badge-check-at")}</dt>
                    <dd class="paper">{address}</dd>
                </dl>
            </div>
        </article>
        <Judgement report />
        <section class="section" id="evidence">
            <h2>{t!("badge-evidence")}</h2>
            {match badge.evidence {
                Some(grounds) => view! { <ul>{grounds.into_iter().map(in_words).collect_view()}</ul> }.into_any(),
                None => view! { <p>{t!("badge-evidence-private")}</p> }.into_any(),
            }}
        </section>
        <section class="section">
            <h2>{t!("badge-copies")}</h2>
            <p>{t!("badge-copies-text")}</p>
            <Downloads id />
        </section>
        {counts.then(|| view! { <OnPaper id /> })}
        <p><a href="/verify">{t!("badge-check-elsewhere")}</a></p>
    }
    .into_any()
}

fn in_words(grounds: GroundsView) -> AnyView {
    match grounds {
        GroundsView::Decision(decision) => {
            let date = day(decision.at);
            let text = match decision.about {
                About::Competency { statement, .. } => {
                    t!("badge-rests-on-competency", statement = statement, date = date)
                }
                About::Assessment { title, .. } => {
                    t!("badge-rests-on-assessment", title = title, date = date)
                }
            };
            view! { <li>{text}</li> }.into_any()
        }
        GroundsView::Badge { name, .. } => view! { <li>{t!("badge-rests-on", name = name)}</li> }.into_any(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_browser_gets_the_page_and_a_verifier_the_badge() {
        let accepting = |value: &'static str| {
            wanted(&HeaderMap::from_iter([(
                header::ACCEPT,
                HeaderValue::from_static(value),
            )]))
        };
        for (accept, expected) in [
            (
                "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8",
                Wanted::Page,
            ),
            ("*/*", Wanted::Page),
            ("application/ld+json, application/json", Wanted::Document),
            ("application/vc+ld+json", Wanted::Document),
            ("application/vc+jwt", Wanted::Token),
            ("application/vc+jwt, application/json;q=0.5", Wanted::Token),
        ] {
            assert_eq!(accepting(accept), expected, "{accept}");
        }
    }
}
