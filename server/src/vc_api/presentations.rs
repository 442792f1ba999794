//! Presentations, made and checked.

use std::sync::Arc;

use axum::{
    Json,
    extract::State,
    http::StatusCode,
    response::{IntoResponse, Response},
};
use domain::credential::{
    data_model,
    proof::{Cryptosuite, ProofOptions, Purpose, add_proof},
    verify::{Asked, needs_of_presentation},
};
use serde::Deserialize;
use serde_json::{Map, Value, json};

use super::{
    VcApi, answer,
    verifier::{VerifyOptions, verifier},
};

/// A request to sign a presentation.
#[derive(Deserialize)]
pub(super) struct Proving {
    presentation: Map<String, Value>,
    #[serde(default)]
    options: ProveOptions,
}

#[derive(Deserialize, Default)]
#[serde(default)]
struct ProveOptions {
    cryptosuite: Option<String>,
    challenge: Option<String>,
    domain: Option<String>,
}

/// A request to check a presentation.
#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct Verifying {
    verifiable_presentation: Value,
    #[serde(default)]
    options: VerifyOptions,
}

/// `POST /presentations/prove`: signs as its holder what names none.
pub(super) async fn prove(State(api): State<Arc<VcApi>>, Json(asked): Json<Proving>) -> Response {
    let Proving {
        mut presentation,
        options,
    } = asked;
    if let Some(broken) = data_model::presentation(&presentation).first() {
        return answer::refused(broken);
    }
    presentation
        .entry("holder")
        .or_insert_with(|| api.issuer.did().into());
    let suite = options.cryptosuite.as_deref().map(Cryptosuite::of_name);
    let Some(suite) = suite.unwrap_or_else(|| Some(Cryptosuite::default())) else {
        return answer::refused(&"nothing is signed that way here");
    };
    let options = ProofOptions {
        suite,
        purpose: Purpose::Authentication {
            challenge: options.challenge.as_deref(),
            domain: options.domain.as_deref(),
        },
        ..ProofOptions::default()
    };
    match add_proof(
        Value::Object(presentation),
        &api.issuer.with(),
        &options,
        &api.contexts,
    ) {
        Ok(signed) => {
            let body = json!({ "verifiablePresentation": signed });
            (StatusCode::CREATED, Json(body)).into_response()
        }
        Err(cause) => answer::refused(&cause),
    }
}

/// `POST /presentations/verify`.
pub(super) async fn verify(State(api): State<Arc<VcApi>>, Json(asked): Json<Verifying>) -> Response {
    let presentation = asked.verifiable_presentation;
    let verifier = verifier(&api, needs_of_presentation(&presentation, &api.contexts)).await;
    let asked = Asked {
        challenge: asked.options.challenge.as_deref(),
        domain: asked.options.domain.as_deref(),
    };
    let report = verifier.verify_presentation(&presentation, asked);
    let credentials: Vec<_> = report.credentials.iter().collect();
    answer::verdict(&credentials, &report.checks, &report)
}
