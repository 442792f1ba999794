//! The verifier's side.

use std::{collections::BTreeMap, sync::Arc};

use axum::{Json, extract::State, response::Response};
use domain::credential::{Evidence, Needs, Presented, Verifier};
use serde::Deserialize;
use serde_json::Value;
use service::{Clock, SystemClock};
use url::Url;

use super::{VcApi, answer};

/// A request to check a credential.
#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct Verifying {
    verifiable_credential: Value,
    #[serde(default)]
    options: VerifyOptions,
}

/// What a proof has to be for.
#[derive(Deserialize, Default)]
#[serde(rename_all = "camelCase", default)]
pub(super) struct VerifyOptions {
    expected_proof_purpose: Option<String>,
    pub(super) challenge: Option<String>,
    pub(super) domain: Option<String>,
}

/// `POST /credentials/verify`.
pub(super) async fn verify(State(api): State<Arc<VcApi>>, Json(asked): Json<Verifying>) -> Response {
    let Verifying {
        verifiable_credential: credential,
        options,
    } = asked;
    // A credential is a claim, and answers to nobody.
    if options
        .expected_proof_purpose
        .is_some_and(|purpose| purpose != "assertionMethod")
    {
        return answer::refused(&"a credential is signed to claim something");
    }
    for (name, wanted) in [("challenge", options.challenge), ("domain", options.domain)] {
        if wanted.is_some_and(|wanted| credential.pointer(&format!("/proof/{name}")) != Some(&wanted.into()))
        {
            return answer::refused(&format!("the proof has another {name}"));
        }
    }
    let presented = match Presented::from_json(credential) {
        Ok(presented) => presented,
        Err(cause) => return answer::refused(&cause),
    };
    let verifier = verifier(&api, vec![presented.needs_under(&api.contexts)]).await;
    let report = verifier.verify(&presented);
    answer::verdict(&[&report], &[], &report)
}

/// A verifier with all that these need and that can be had.
pub(super) async fn verifier(api: &VcApi, all: Vec<Needs>) -> Verifier {
    let mut fetched = BTreeMap::new();
    for needs in all {
        for address in needs.issuer_documents.into_iter().chain(needs.status_lists) {
            if let Some(document) = fetch(api, &address).await {
                fetched.insert(address, document);
            }
        }
    }
    let evidence = Evidence {
        now: SystemClock.now(),
        fetched,
    };
    Verifier::new(evidence).with_contexts(Arc::clone(&api.contexts))
}

async fn fetch(api: &VcApi, address: &str) -> Option<Value> {
    if let Some(purpose) = api.issuer.purpose_of(address) {
        return api.issuer.list(purpose).ok();
    }
    let address = Url::parse(address).ok()?;
    api.outside.json(&address).await.ok()
}
