//! `/c/{credential}`: a badge for everybody whom its holder lets, checked now;
//! the badge itself for software that asks for it.

use std::sync::Arc;

use axum::{
    extract::Path,
    http::{HeaderMap, HeaderValue, header},
    response::{IntoResponse, Response},
};
use domain::credential::{Presented, Report};
use leptos::prelude::*;
use service::{
    Error, SystemCtx,
    credential::{self, PublicCredential},
    mastery::About,
    program::GroundsView,
    tenancy,
};

use super::{documents::open, verdict::Judgement};
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
    if wants_json(&headers) {
        let cache = if badge.is_public {
            "public, max-age=300"
        } else {
            "private, no-store"
        };
        let kind = HeaderValue::from_static("application/vc+ld+json");
        let mut response = open(kind, HeaderValue::from_static(cache), badge.signed);
        response
            .headers_mut()
            .insert(header::VARY, HeaderValue::from_static("accept"));
        return Ok(response);
    }
    let report = credential::verify(&ctx, Presented::Document(badge.document.clone())).await?;
    let title = text(&badge.document, "/name");
    // The page is the issuer's: its name above, its colours.
    let (issuer, ctx) = tenancy::enter(visit.installation(), &badge.issuer.slug, viewer).await?;
    visit.place = Some((Arc::new(issuer), ctx));
    Ok(visit
        .page(title, move || view! { <PublicBadge badge report /> })
        .into_response())
}

/// A browser asks for HTML first; everything that names JSON means the badge.
fn wants_json(headers: &HeaderMap) -> bool {
    let accepted = headers
        .get(header::ACCEPT)
        .and_then(|value| value.to_str().ok())
        .unwrap_or_default();
    accepted.contains("json") && !accepted.contains("text/html")
}

#[component]
fn PublicBadge(badge: PublicCredential, report: Report) -> impl IntoView {
    let document = badge.document;
    let issuer = badge.issuer;
    view! {
        {(!badge.is_public).then(|| view! { <Notice tone=Tone::Info><p>{t!("badge-only-you")}</p></Notice> })}
        {badge.revoked.map(|(at, reason)| view! {
            <Notice tone=Tone::Bad title=t!("badge-revoked-on", date = day(at))><p>{reason}</p></Notice>
        })}
        <article class="certificate">
            <div class="badge large"><img src=picture(&document) alt="" width="256" height="256" /></div>
            <div>
                <p class="meta">{t!("achievement-badge-of", tenant = issuer.name.clone())}</p>
                <h1>{text(&document, "/name")}</h1>
                <p class="holder">{t!("badge-earned-by")}" "<strong>{badge.holder}</strong></p>
                <p>{text(&document, "/credentialSubject/achievement/description")}</p>
                <dl>
                    <dt>{t!("badge-issuer")}</dt>
                    <dd><a href=format!("/t/{}", issuer.slug)>{issuer.name}</a></dd>
                    <dt>{t!("badge-issued")}</dt>
                    <dd><Day at=badge.issued_at /></dd>
                    <dt>{t!("badge-criteria")}</dt>
                    <dd><a href=text(&document, "/credentialSubject/achievement/id")>{t!("badge-criteria-link")}</a></dd>
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
            wants_json(&HeaderMap::from_iter([(
                header::ACCEPT,
                HeaderValue::from_static(value),
            )]))
        };
        assert!(!accepting(
            "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8"
        ));
        assert!(accepting("application/ld+json, application/json"));
        assert!(accepting("application/vc+ld+json"));
        assert!(!accepting("*/*"));
    }
}
