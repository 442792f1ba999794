//! What suites ask, asked.

use std::sync::Arc;

use axum::{
    Router,
    body::{Body, to_bytes},
    http::{Request, StatusCode, header},
};
use serde_json::{Value, json};
use tower::ServiceExt;

use super::{VcApi, router};
use crate::outside::Web;

const EXAMPLES: &str = "https://www.w3.org/ns/credentials/examples/v2";

struct Site(Router);

impl Site {
    fn new() -> Self {
        let examples = json!({ "@context": { "@vocab": "https://www.w3.org/ns/credentials/examples#" } });
        let contexts = [(EXAMPLES.to_owned(), examples)];
        // It is never asked: what is needed here is served here.
        let web = Arc::new(Web::new().unwrap());
        Self(router(VcApi::new("http://127.0.0.1:9".to_owned(), contexts, web)))
    }

    async fn send(&self, request: Request<Body>) -> (StatusCode, Value) {
        let response = self.0.clone().oneshot(request).await.unwrap();
        let status = response.status();
        let body = to_bytes(response.into_body(), usize::MAX).await.unwrap();
        (status, serde_json::from_slice(&body).unwrap_or_default())
    }

    async fn get(&self, path: &str) -> (StatusCode, Value) {
        self.send(Request::get(path).body(Body::empty()).unwrap()).await
    }

    async fn post(&self, path: &str, body: Value) -> (StatusCode, Value) {
        let request = Request::post(path)
            .header(header::CONTENT_TYPE, "application/json")
            .body(body.to_string().into())
            .unwrap();
        self.send(request).await
    }

    async fn issue(&self, options: Value) -> Value {
        let body = json!({ "credential": credential(), "options": options });
        let (status, mut answer) = self.post("/credentials/issue", body).await;
        assert_eq!(status, StatusCode::CREATED, "{answer:#}");
        answer["verifiableCredential"].take()
    }

    async fn verify(&self, credential: &Value, options: Value) -> (StatusCode, Value) {
        let body = json!({ "verifiableCredential": credential, "options": options });
        self.post("/credentials/verify", body).await
    }

    async fn holds(&self, credential: &Value) -> bool {
        let (status, answer) = self.verify(credential, json!({})).await;
        assert_eq!(answer["verified"] == true, status == StatusCode::OK, "{answer:#}");
        assert!(status == StatusCode::OK || status == StatusCode::BAD_REQUEST);
        status == StatusCode::OK
    }
}

fn credential() -> Value {
    json!({
        "@context": ["https://www.w3.org/ns/credentials/v2", EXAMPLES],
        "id": "urn:uuid:0b5a6c9e-0b0e-4c46-9d6c-3c8d2a1f8a11",
        "type": ["VerifiableCredential", "SwimmingCredential"],
        "issuer": "did:example:weir",
        "credentialSubject": { "id": "did:example:otter", "swims": "well" },
    })
}

#[tokio::test]
async fn what_is_issued_in_any_way_holds_and_what_was_changed_does_not() {
    let site = Site::new();
    let (_, about) = site.get("/").await;
    for suite in ["eddsa-rdfc-2022", "eddsa-jcs-2022"] {
        let signed = site.issue(json!({ "cryptosuite": suite })).await;
        assert_eq!(signed["proof"]["cryptosuite"], suite);
        assert_eq!(signed["issuer"], about["id"]);
        assert!(site.holds(&signed).await, "{suite}");
        let mut changed = signed.clone();
        changed["credentialSubject"]["swims"] = json!("badly");
        assert!(!site.holds(&changed).await, "{suite}");
        for part in ["proof", "type", "@context"] {
            let mut less = signed.clone();
            less.as_object_mut().unwrap().remove(part);
            assert!(!site.holds(&less).await, "{suite} without {part}");
        }
        for part in [
            "type",
            "cryptosuite",
            "verificationMethod",
            "proofPurpose",
            "proofValue",
        ] {
            let mut less = signed.clone();
            less["proof"].as_object_mut().unwrap().remove(part);
            assert!(!site.holds(&less).await, "{suite} without the proof's {part}");
        }
    }
}

#[tokio::test]
async fn a_token_comes_in_an_envelope_and_only_so_described_is_one() {
    // Without the context for examples, which tokens are not read with.
    let site = Site::new();
    let mut plain = credential();
    plain["@context"] = json!(["https://www.w3.org/ns/credentials/v2"]);
    plain["type"] = json!(["VerifiableCredential"]);
    plain["credentialSubject"] = json!({ "id": "did:example:otter", "name": "Otter" });
    let body = json!({ "credential": plain, "options": { "mediaType": "application/vc+jwt" } });
    let (status, answer) = site.post("/credentials/issue", body).await;
    assert_eq!(status, StatusCode::CREATED, "{answer:#}");
    let envelope = &answer["verifiableCredential"];
    assert!(site.holds(envelope).await);
    for (name, value) in [
        ("type", json!("VerifiableCredential")),
        ("@context", json!([])),
        (
            "id",
            json!(envelope["id"].as_str().unwrap().rsplit_once(',').unwrap().1),
        ),
    ] {
        let mut other = envelope.clone();
        other[name] = value;
        assert!(!site.holds(&other).await, "{name}");
    }
}

#[tokio::test]
async fn what_is_no_credential_is_not_signed_and_the_answer_says_why() {
    let site = Site::new();
    for (name, value, path) in [
        ("type", json!("SwimmingCredential"), "/type"),
        ("issuer", json!("weir"), "/issuer"),
        ("credentialSubject", json!({}), "/credentialSubject"),
        ("validFrom", json!("spring"), "/validFrom"),
    ] {
        let mut credential = credential();
        credential[name] = value;
        let body = json!({ "credential": credential });
        let (status, answer) = site.post("/credentials/issue", body).await;
        assert_eq!(status, StatusCode::BAD_REQUEST, "{name}");
        assert!(answer["detail"].as_str().unwrap().starts_with(path), "{answer:#}");
        assert!(
            answer["type"]
                .as_str()
                .unwrap()
                .ends_with("#MALFORMED_VALUE_ERROR")
        );
    }
    // What only a reader of JSON-LD sees.
    let mut undefined = credential();
    undefined["@context"] = json!(["https://www.w3.org/ns/credentials/v2"]);
    let (status, _) = site
        .post("/credentials/issue", json!({ "credential": undefined }))
        .await;
    assert_eq!(status, StatusCode::BAD_REQUEST);
    let mut redefined = credential();
    redefined["@context"]
        .as_array_mut()
        .unwrap()
        .push(json!({ "VerifiableCredential": "urn:x:other" }));
    let (status, _) = site
        .post("/credentials/issue", json!({ "credential": redefined }))
        .await;
    assert_eq!(status, StatusCode::BAD_REQUEST);
    let body = json!({ "credential": credential(), "options": { "cryptosuite": "other" } });
    let (status, _) = site.post("/credentials/issue", body).await;
    assert_eq!(status, StatusCode::BAD_REQUEST);
}

#[tokio::test]
async fn a_bit_in_a_signed_list_says_that_a_credential_counts_no_more_and_then_again() {
    let site = Site::new();
    let signed = site.issue(json!({})).await;
    let set = async |purpose: &str, status: bool| {
        let body = json!({
            "credentialId": signed["id"],
            "credentialStatus": { "type": "BitstringStatusListEntry", "statusPurpose": purpose },
            "status": status,
        });
        site.post("/credentials/status", body).await.0
    };
    for purpose in ["revocation", "suspension"] {
        assert!(site.holds(&signed).await, "{purpose}");
        assert_eq!(set(purpose, true).await, StatusCode::OK);
        assert!(!site.holds(&signed).await, "{purpose}");
        let (_, list) = site.get(&format!("/status-lists/{purpose}")).await;
        assert!(site.holds(&list).await);
        assert_eq!(set(purpose, false).await, StatusCode::OK);
    }
    assert!(site.holds(&signed).await);
    let unknown = json!({ "credentialId": "urn:x:1", "credentialStatus": {} });
    assert_eq!(
        site.post("/credentials/status", unknown).await.0,
        StatusCode::NOT_FOUND
    );
    assert_eq!(site.get("/status-lists/other").await.0, StatusCode::NOT_FOUND);
}

#[tokio::test]
async fn a_proof_is_for_what_it_says_and_for_whom() {
    let site = Site::new();
    let signed = site.issue(json!({})).await;
    for options in [
        json!({ "expectedProofPurpose": "authentication" }),
        json!({ "challenge": "8f1c" }),
        json!({ "domain": "employer.example" }),
    ] {
        let (status, _) = site.verify(&signed, options.clone()).await;
        assert_eq!(status, StatusCode::BAD_REQUEST, "{options}");
    }
    let asked = json!({ "challenge": "8f1c", "domain": "employer.example" });
    let presentation = json!({
        "@context": ["https://www.w3.org/ns/credentials/v2"],
        "type": "VerifiablePresentation",
        "verifiableCredential": [signed],
    });
    let body = json!({ "presentation": presentation, "options": asked });
    let (status, proven) = site.post("/presentations/prove", body).await;
    assert_eq!(status, StatusCode::CREATED, "{proven:#}");
    let present = async |options: &Value| {
        let body = json!({ "verifiablePresentation": proven["verifiablePresentation"], "options": options });
        site.post("/presentations/verify", body).await
    };
    let (status, answer) = present(&asked).await;
    assert_eq!(status, StatusCode::OK, "{answer:#}");
    let (status, _) = present(&json!({ "challenge": "other" })).await;
    assert_eq!(status, StatusCode::BAD_REQUEST);
    let nameless = json!({ "presentation": { "type": "VerifiablePresentation" } });
    let (status, _) = site.post("/presentations/prove", nameless).await;
    assert_eq!(status, StatusCode::BAD_REQUEST);
}
