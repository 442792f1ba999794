//! What an issuer says of itself (§12.2), and its authorization server (RFC 8414).

use std::sync::Arc;

use axum::{
    Json,
    extract::{Path, State},
    http::header,
    response::{IntoResponse, Response},
};
use domain::credential::contexts::{CREDENTIALS_V2, OPEN_BADGES};
use serde_json::{Map, Value, json};
use service::{
    Installation,
    wallet::offer::{Format, MOST_PROOFS, issuer_identifier},
};

use super::answer::Nothing;

const PRE_AUTHORIZED: &str = "urn:ietf:params:oauth:grant-type:pre-authorized_code";

pub(super) async fn issuer(
    State(installation): State<Arc<Installation>>,
    Path(slug): Path<String>,
) -> Result<Response, Nothing> {
    let tenant = super::issuer(&installation, &slug).await?;
    let at = |what: &str| installation.address(&format!("/oid4vci/{}/{what}", tenant.slug));
    let formats = Format::ALL.map(|format| (format.name().to_owned(), configuration(format)));
    let mut display = json!({ "name": tenant.name });
    if let Some(language) = tenant.languages.first() {
        display["locale"] = language.as_str().into();
    }
    Ok(public(json!({
        "credential_issuer": issuer_identifier(&installation, &tenant.slug),
        "credential_endpoint": at("credential"),
        "nonce_endpoint": at("nonce"),
        "notification_endpoint": at("notification"),
        "batch_credential_issuance": { "batch_size": MOST_PROOFS },
        "display": [display],
        "credential_configurations_supported": Map::from_iter(formats),
    })))
}

fn configuration(format: Format) -> Value {
    let types = json!(["VerifiableCredential", "OpenBadgeCredential"]);
    let (name, definition, algorithms) = match format {
        Format::Document => (
            "ldp_vc",
            json!({ "@context": [CREDENTIALS_V2, OPEN_BADGES], "type": types }),
            json!(["DataIntegrityProof"]),
        ),
        Format::Token => ("jwt_vc_json", json!({ "type": types }), json!(["EdDSA"])),
    };
    json!({
        "format": name,
        "credential_definition": definition,
        "credential_signing_alg_values_supported": algorithms,
        "cryptographic_binding_methods_supported": ["did:key", "did:jwk", "jwk"],
        "proof_types_supported": {
            "jwt": { "proof_signing_alg_values_supported": ["EdDSA", "ES256"] },
        },
        "credential_metadata": { "display": [{ "name": "Open Badge", "locale": "en" }] },
    })
}

pub(super) async fn authorization_server(
    State(installation): State<Arc<Installation>>,
    Path(slug): Path<String>,
) -> Result<Response, Nothing> {
    let tenant = super::issuer(&installation, &slug).await?;
    Ok(public(json!({
        "issuer": issuer_identifier(&installation, &tenant.slug),
        "token_endpoint": installation.address(&format!("/oid4vci/{}/token", tenant.slug)),
        "grant_types_supported": [PRE_AUTHORIZED],
        "response_types_supported": [],
        "token_endpoint_auth_methods_supported": ["none"],
        "pre-authorized_grant_anonymous_access_supported": true,
    })))
}

/// Whether a grant is the one that is known here.
pub(super) fn is_known(grant: &str) -> bool {
    grant == PRE_AUTHORIZED
}

fn public(metadata: Value) -> Response {
    let kept = [(header::CACHE_CONTROL, "public, max-age=300")];
    (kept, Json(metadata)).into_response()
}
