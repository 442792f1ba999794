//! The badge itself (§8), the nonce that is asked for before it (§7), and what the wallet
//! says afterwards (§11).

use std::sync::Arc;

use axum::{
    Json,
    extract::{Path, State, rejection::JsonRejection},
    http::StatusCode,
    response::{IntoResponse, Response},
};
use serde::Deserialize;
use serde_json::{Value, json};
use service::{
    Installation, SystemCtx,
    wallet::offer::{self, Asking, Format, Told},
};

use super::answer::{self, Bearer, Nothing};

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
) -> Result<Response, Nothing> {
    super::issuer(&installation, &slug).await?;
    let nonce = offer::nonce(&SystemCtx::new(installation))?;
    Ok(answer::fresh(json!({ "c_nonce": nonce })))
}

pub(super) async fn give(
    State(installation): State<Arc<Installation>>,
    Path(slug): Path<String>,
    Bearer(token): Bearer,
    body: Result<Json<Request>, JsonRejection>,
) -> Result<Response, Nothing> {
    let refused = |error, why| Ok(answer::refused(error, why));
    let Ok(Json(asked)) = body else {
        return refused("invalid_credential_request", "It cannot be read.");
    };
    if asked.credential_response_encryption.is_some() {
        return refused(
            "invalid_encryption_parameters",
            "Nothing is encrypted here but by TLS.",
        );
    }
    let Some(name) = asked.credential_configuration_id else {
        return refused("invalid_credential_request", "It names no configuration.");
    };
    let Some(format) = Format::of_name(&name) else {
        return refused("unknown_credential_configuration", "There is none of that name.");
    };
    let issuer = super::issuer(&installation, &slug).await?;
    let asking = Asking {
        token,
        format,
        proofs: asked.proofs.jwt,
    };
    let (badges, offer) = offer::bound(&SystemCtx::new(installation), &issuer, &asking).await?;
    let given = badges.into_iter().map(|badge| json!({ "credential": badge }));
    let given: Vec<Value> = given.collect();
    Ok(answer::fresh(
        json!({ "credentials": given, "notification_id": offer.to_string() }),
    ))
}

pub(super) async fn told(
    State(installation): State<Arc<Installation>>,
    Path(slug): Path<String>,
    Bearer(token): Bearer,
    body: Result<Json<Notification>, JsonRejection>,
) -> Result<Response, Nothing> {
    let refused = |why| Ok(answer::refused("invalid_notification_request", why));
    let Ok(Json(said)) = body else {
        return refused("It cannot be read.");
    };
    let Some(told) = Told::of_name(&said.event) else {
        return refused("There is no such event.");
    };
    let tenant = super::issuer(&installation, &slug).await?.id;
    let ctx = SystemCtx::new(installation);
    offer::tell(&ctx, tenant, &token, &said.notification_id, told).await?;
    Ok(StatusCode::NO_CONTENT.into_response())
}
