//! Issuing and verifying over HTTP as conformance suites ask for it, with a key and status
//! lists of its own that are gone when it stops. No tenant and no database: what is under
//! test is the code that signs and judges badges, and nothing around it.

mod answer;
mod issuer;
mod presentations;
#[cfg(test)]
mod tests;
mod verifier;

use std::sync::Arc;

use axum::{
    Json, Router,
    extract::{DefaultBodyLimit, Path, State},
    http::StatusCode,
    response::{IntoResponse, Response},
    routing::{get, post},
};
use domain::credential::{StatusPurpose, jsonld::ContextStore};
use serde_json::{Value, json};
use service::credential::Outside;

use self::issuer::Issuer;

/// Bytes of a document that is sent.
const LARGEST: usize = 1 << 20;

/// What there is to issue and to verify with.
#[derive(Debug)]
pub(crate) struct VcApi {
    issuer: Issuer,
    contexts: Arc<ContextStore>,
    outside: Arc<dyn Outside>,
}

impl VcApi {
    /// With a fresh key. `base` is the address it is reached at, without a slash at its
    /// end; `contexts` are those that documents may name besides the embedded ones.
    pub(crate) fn new(
        base: String,
        contexts: impl IntoIterator<Item = (String, Value)>,
        outside: Arc<dyn Outside>,
    ) -> Self {
        Self {
            issuer: Issuer::new(base),
            contexts: Arc::new(ContextStore::with(contexts)),
            outside,
        }
    }

    /// Who issues.
    pub(crate) fn did(&self) -> &str {
        self.issuer.did()
    }
}

/// Everything that is answered.
pub(crate) fn router(api: VcApi) -> Router {
    Router::new()
        .route("/", get(about))
        .route("/credentials/issue", post(issuer::issue))
        .route("/credentials/status", post(issuer::set_status))
        .route("/credentials/verify", post(verifier::verify))
        .route("/presentations/prove", post(presentations::prove))
        .route("/presentations/verify", post(presentations::verify))
        .route("/status-lists/{purpose}", get(list))
        .layer(DefaultBodyLimit::max(LARGEST))
        .with_state(Arc::new(api))
}

async fn about(State(api): State<Arc<VcApi>>) -> Json<Value> {
    Json(json!({ "id": api.did() }))
}

async fn list(State(api): State<Arc<VcApi>>, Path(purpose): Path<String>) -> Response {
    let known = [StatusPurpose::Revocation, StatusPurpose::Suspension];
    let Some(purpose) = known.into_iter().find(|known| known.as_str() == purpose) else {
        return StatusCode::NOT_FOUND.into_response();
    };
    match api.issuer.list(purpose) {
        Ok(list) => Json(list).into_response(),
        Err(cause) => answer::refused(&cause),
    }
}
