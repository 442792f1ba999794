//! `/c/{credential}/badge.…`: a badge as a token and inside its picture, for
//! whoever may see it.

use axum::{
    extract::Path,
    http::{HeaderValue, header},
    response::{IntoResponse, Response},
};
use domain::id::CredentialId;
use leptos::prelude::*;
use service::{
    Error, SystemCtx,
    credential::{self, PublicCredential},
    program::achievement::Format,
};

use crate::{failure::Failure, i18n::t, visit::Visit};

pub(super) async fn token(visit: Visit, id: Path<String>) -> Result<Response, Failure> {
    let (ctx, badge) = open(&visit, &id).await?;
    let token = credential::token(&ctx, &badge).await?;
    Ok(file(
        &badge,
        "application/vc+jwt",
        "badge.jwt",
        token.into_bytes(),
    ))
}

pub(super) async fn png(visit: Visit, id: Path<String>) -> Result<Response, Failure> {
    let (ctx, badge) = open(&visit, &id).await?;
    let bytes = credential::baked(&ctx, &badge, Format::Png).await?;
    Ok(file(&badge, "image/png", "badge.png", bytes))
}

pub(super) async fn svg(visit: Visit, id: Path<String>) -> Result<Response, Failure> {
    let (ctx, badge) = open(&visit, &id).await?;
    let bytes = credential::baked(&ctx, &badge, Format::Svg).await?;
    Ok(file(&badge, "image/svg+xml", "badge.svg", bytes))
}

pub(super) async fn open(visit: &Visit, id: &str) -> Result<(SystemCtx, PublicCredential), Error> {
    let id = id.parse().map_err(|_| Error::NotFound)?;
    let ctx = SystemCtx::new(visit.installation().clone());
    let viewer = visit.person.as_ref().map(|person| person.id);
    let badge = credential::public_credential(&ctx, id, viewer).await?;
    Ok((ctx, badge))
}

fn file(badge: &PublicCredential, kind: &'static str, name: &str, bytes: Vec<u8>) -> Response {
    let mut response = bytes.into_response();
    let headers = response.headers_mut();
    for (header, value) in [
        (header::CONTENT_TYPE, kind),
        (header::CACHE_CONTROL, kept(badge.is_public)),
        (header::X_CONTENT_TYPE_OPTIONS, "nosniff"),
    ] {
        headers.insert(header, HeaderValue::from_static(value));
    }
    // To be kept, and not looked at as a page of ours.
    if let Ok(disposition) = HeaderValue::from_str(&format!("attachment; filename=\"{name}\"")) {
        headers.insert(header::CONTENT_DISPOSITION, disposition);
    }
    response
}

/// How long a copy of a badge may be kept by what lies between: what was public
/// may not be in the next moment.
pub(super) fn kept(is_public: bool) -> &'static str {
    if is_public {
        "public, max-age=300"
    } else {
        "private, no-store"
    }
}

/// Links to a badge in every form but the document itself.
#[component]
pub(in crate::pages) fn Downloads(id: CredentialId) -> AnyView {
    let links = ["png", "svg", "jwt"].map(|ending| {
        view! {
            <li>
                <a href=format!("/c/{id}/badge.{ending}") download=format!("badge.{ending}")>
                    {t!(&format!("badge-as-{ending}"))}
                </a>
            </li>
        }
    });
    view! { <ul>{links.collect_view()}</ul> }.into_any()
}
