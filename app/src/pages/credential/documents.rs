//! What verifiers fetch: DID documents and status lists.

use axum::{
    body::Body,
    extract::Path,
    http::{HeaderMap, HeaderName, HeaderValue, StatusCode, header},
    response::{IntoResponse, Response},
};
use serde_json::Value;
use service::{Error, SystemCtx, credential};

use crate::{
    failure::Failure,
    visit::{InTenant, Visit},
};

/// Verifiers may keep these for so long.
pub(super) const FRESH: HeaderValue = HeaderValue::from_static("public, max-age=300");
/// A status that was kept would hide a revocation.
const ASK_AGAIN: HeaderValue = HeaderValue::from_static("public, max-age=0, must-revalidate");

pub(super) async fn did(place: InTenant) -> Result<Response, Failure> {
    let document = credential::did_document(&place.ctx).await?;
    let kind = HeaderValue::from_static("application/did+json");
    Ok(open(kind, FRESH, serde_json::to_string(&document)?))
}

pub(super) async fn status_list(
    visit: Visit,
    Path(id): Path<String>,
    headers: HeaderMap,
) -> Result<Response, Failure> {
    let id = id.parse().map_err(|_| Error::NotFound)?;
    let document =
        credential::status_list_document(&SystemCtx::new(visit.installation().clone()), id).await?;
    let kind = HeaderValue::from_static("application/vc+ld+json");
    let tag = tag_of(&document)?;
    let known = headers.get_all(header::IF_NONE_MATCH).iter().any(|sent| {
        let sent = sent.to_str().unwrap_or_default();
        sent.split(',')
            .any(|sent| sent.trim().trim_start_matches("W/") == tag)
    });
    let mut response = open(kind, ASK_AGAIN, document);
    if known {
        *response.status_mut() = StatusCode::NOT_MODIFIED;
        *response.body_mut() = Body::empty();
        response.headers_mut().remove(header::CONTENT_TYPE);
    }
    if let Ok(tag) = HeaderValue::from_str(&tag) {
        response.headers_mut().insert(header::ETAG, tag);
    }
    Ok(response)
}

/// What changes whenever a signed document does: its signature.
fn tag_of(signed: &str) -> Result<String, Error> {
    let document: Value = serde_json::from_str(signed)?;
    let signature = document.pointer("/proof/proofValue").and_then(Value::as_str);
    Ok(format!("\"{}\"", signature.unwrap_or_default()))
}

/// A document that pages of any origin may read.
pub(super) fn open(kind: HeaderValue, cache: HeaderValue, body: impl Into<Body>) -> Response {
    let headers = [
        (header::CONTENT_TYPE, kind),
        (header::CACHE_CONTROL, cache),
        (header::ACCESS_CONTROL_ALLOW_ORIGIN, HeaderValue::from_static("*")),
        (
            HeaderName::from_static("cross-origin-resource-policy"),
            HeaderValue::from_static("cross-origin"),
        ),
    ];
    (headers, body.into()).into_response()
}
