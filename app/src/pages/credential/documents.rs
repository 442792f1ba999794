//! What verifiers fetch: DID documents and status lists.

use axum::{
    extract::Path,
    http::{HeaderName, HeaderValue, header},
    response::{IntoResponse, Response},
};
use service::{Error, SystemCtx, credential};

use crate::{
    failure::Failure,
    visit::{InTenant, Visit},
};

/// Verifiers may keep these for so long.
const FRESH: HeaderValue = HeaderValue::from_static("public, max-age=300");
/// A status that was kept would hide a revocation.
const ASK_AGAIN: HeaderValue = HeaderValue::from_static("public, max-age=0, must-revalidate");

pub(super) async fn did(place: InTenant) -> Result<Response, Failure> {
    let document = credential::did_document(&place.ctx).await?;
    let kind = HeaderValue::from_static("application/did+json");
    Ok(open(kind, FRESH, serde_json::to_string(&document)?))
}

pub(super) async fn status_list(visit: Visit, Path(id): Path<String>) -> Result<Response, Failure> {
    let id = id.parse().map_err(|_| Error::NotFound)?;
    let document =
        credential::status_list_document(&SystemCtx::new(visit.installation().clone()), id).await?;
    let kind = HeaderValue::from_static("application/vc+ld+json");
    Ok(open(kind, ASK_AGAIN, document))
}

/// A document that pages of any origin may read.
pub(super) fn open(kind: HeaderValue, cache: HeaderValue, body: String) -> Response {
    let headers = [
        (header::CONTENT_TYPE, kind),
        (header::CACHE_CONTROL, cache),
        (header::ACCESS_CONTROL_ALLOW_ORIGIN, HeaderValue::from_static("*")),
        (
            HeaderName::from_static("cross-origin-resource-policy"),
            HeaderValue::from_static("cross-origin"),
        ),
    ];
    (headers, body).into_response()
}
