//! The badge itself (§8), the nonce that is asked for before it (§7), and what the wallet
//! says afterwards (§11).

use std::sync::Arc;

use axum::{
    Json,
    extract::{Path, State, rejection::JsonRejection},
    http::{HeaderMap, StatusCode},
    response::{IntoResponse, Response},
};
use serde::Deserialize;
use serde_json::{Value, json};
use service::{
    Installation, SystemCtx,
    wallet::offer::{self, Asking, Format, Told},
};

use super::answer;

#[derive(Deserialize)]
pub(super) struct Request {
    credential_configuration_id: Option<String>,
    #[serde(default)]
    proofs: Proofs,
    credential_response_encryption: Option<Value>,
}

#[derive(Deserialize, Default)]
struct Proofs {
    #[serde(default)]
    jwt: Vec<String>,
}

#[derive(Deserialize)]
pub(super) struct Notification {
    notification_id: String,
    event: String,
}

pub(super) async fn nonce(
    State(installation): State<Arc<Installation>>,
    Path(slug): Path<String>,
) -> Response {
    if let Err(cause) = super::issuer(&installation, &slug).await {
        return answer::failed(&cause);
    }
    match offer::nonce(&SystemCtx::new(installation)) {
        Ok(nonce) => answer::fresh(json!({ "c_nonce": nonce })),
        Err(cause) => answer::failed(&cause),
    }
}

pub(super) async fn give(
    State(installation): State<Arc<Installation>>,
    Path(slug): Path<String>,
    headers: HeaderMap,
    body: Result<Json<Request>, JsonRejection>,
) -> Response {
    let Some(token) = answer::bearer(&headers) else {
        return answer::refused("invalid_token", "There is no token.");
    };
    let Ok(Json(asked)) = body else {
        return answer::refused("invalid_credential_request", "It cannot be read.");
    };
    if asked.credential_response_encryption.is_some() {
        return answer::refused(
            "invalid_encryption_parameters",
            "Nothing is encrypted here but by TLS.",
        );
    }
    let format = asked.credential_configuration_id.as_deref().map(Format::of_name);
    let format = match format {
        Some(Some(format)) => format,
        Some(None) => {
            return answer::refused("unknown_credential_configuration", "There is none of that name.");
        }
        None => return answer::refused("invalid_credential_request", "It names no configuration."),
    };
    let issuer = match super::issuer(&installation, &slug).await {
        Ok((tenant, _)) => tenant,
        Err(cause) => return answer::failed(&cause),
    };
    let asking = Asking {
        token,
        format,
        proofs: asked.proofs.jwt,
    };
    match offer::bound(&SystemCtx::new(installation), &issuer, &asking).await {
        Ok((badges, offer)) => {
            let given: Vec<Value> = badges
                .into_iter()
                .map(|badge| json!({ "credential": badge }))
                .collect();
            answer::fresh(json!({ "credentials": given, "notification_id": offer.to_string() }))
        }
        Err(cause) => answer::denied(&cause),
    }
}

pub(super) async fn told(
    State(installation): State<Arc<Installation>>,
    Path(slug): Path<String>,
    headers: HeaderMap,
    body: Result<Json<Notification>, JsonRejection>,
) -> Response {
    let Some(token) = answer::bearer(&headers) else {
        return answer::refused("invalid_token", "There is no token.");
    };
    let Ok(Json(said)) = body else {
        return answer::refused("invalid_notification_request", "It cannot be read.");
    };
    let Some(told) = Told::of_name(&said.event) else {
        return answer::refused("invalid_notification_request", "There is no such event.");
    };
    let tenant = match super::issuer(&installation, &slug).await {
        Ok((tenant, _)) => tenant.id,
        Err(cause) => return answer::failed(&cause),
    };
    let ctx = SystemCtx::new(installation);
    match offer::tell(&ctx, tenant, &token, &said.notification_id, told).await {
        Ok(()) => StatusCode::NO_CONTENT.into_response(),
        Err(cause) => answer::denied(&cause),
    }
}
