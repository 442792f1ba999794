//! Badges as JSON Web Tokens.

use std::{collections::BTreeMap, time::Duration};

use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};
use ed25519_dalek::{Signer, SigningKey};
use serde_json::{Value, json};

use super::badges::{LIST, barest, did, fullest, key, now};
use crate::{
    Timestamp,
    credential::{
        CheckName, Evidence, Finding, Jwt, Multikey, Outcome, Presented, Report, StatusList,
        StatusListCredential, StatusPurpose, did_document, did_document::method_id, json,
    },
};

const DID_DOCUMENT: &str = "https://badges.example/t/acme/did.json";

/// Signed by npm jose: `foreign/make.mjs`.
const FOREIGN: [&str; 5] = [
    include_str!("foreign/vc-jose-eddsa.jwt"),
    include_str!("foreign/vc-jose-es256.jwt"),
    include_str!("foreign/vc1-es256.jwt"),
    include_str!("foreign/ob-rs256.jwt"),
    include_str!("foreign/ob-rs256-jwk.jwt"),
];
const KEY_SET: &str = include_str!("foreign/ob-rs256.jwks.json");
const SCHOOL: &str = "https://kite.example/school";

fn base64(text: &str) -> String {
    URL_SAFE_NO_PAD.encode(text)
}

fn method() -> String {
    method_id(&did(), Multikey(key().verifying_key()))
}

fn token_by(key: &SigningKey, header: &Value, payload: &Value) -> String {
    let signed = format!("{}.{}", base64(&header.to_string()), base64(&payload.to_string()));
    let signature = key.sign(signed.as_bytes()).to_bytes();
    format!("{signed}.{}", URL_SAFE_NO_PAD.encode(signature))
}

fn token(header: &Value, payload: &Value) -> String {
    token_by(&key(), header, payload)
}

fn header() -> Value {
    json!({"alg": "EdDSA", "typ": "vc+jwt", "kid": method()})
}

fn payload() -> Value {
    barest().to_document()
}

fn with(mut value: Value, name: &str, member: Value) -> Value {
    value[name] = member;
    value
}

/// What is on the web: the keys of the issuer of our badges, and of the school.
fn web() -> Evidence {
    let keys = did_document(&did(), &[Multikey(key().verifying_key())]);
    let rsa = json::parse(KEY_SET).unwrap()["keys"][0].clone();
    let profile = json!({
        "id": SCHOOL,
        "assertionMethod": [
            {"id": "#rsa", "type": "JsonWebKey", "controller": SCHOOL, "publicKeyJwk": rsa},
        ],
    });
    Evidence {
        now: now(),
        fetched: BTreeMap::from([
            (DID_DOCUMENT.to_owned(), keys),
            (format!("{SCHOOL}/keys.json"), json::parse(KEY_SET).unwrap()),
            (SCHOOL.to_owned(), profile),
        ]),
    }
}

fn judged(token: &str) -> Report {
    Presented::read(token.as_bytes()).unwrap().verify(&web())
}

fn found(report: &Report, name: CheckName) -> Finding {
    report.check(name).unwrap().finding
}

#[test]
fn tokens_signed_by_software_of_others_verify_in_all_forms_and_algorithms() {
    for token in FOREIGN {
        let report = judged(token);
        assert_eq!(report.outcome, Outcome::Valid, "{report:?}");
        let claims = report.claims.unwrap();
        assert_eq!(claims.id.as_deref(), Some("https://kite.example/badges/7"));
        assert_eq!(claims.subject.as_deref(), Some("did:example:learner"));
        assert_eq!(
            claims.valid_until,
            Timestamp::parse_rfc3339("2036-01-01T00:00:00Z").ok()
        );
    }
}

#[test]
fn what_has_to_be_fetched_for_a_token_is_where_its_key_is() {
    let fetched = |token: &str| {
        Presented::read(token.as_bytes())
            .unwrap()
            .needs()
            .issuer_documents
    };
    for token in &FOREIGN[..3] {
        assert_eq!(fetched(token), Vec::<String>::new());
    }
    assert_eq!(fetched(FOREIGN[3]), [format!("{SCHOOL}/keys.json")]);
    assert_eq!(fetched(FOREIGN[4]), [SCHOOL]);
    assert_eq!(fetched(&token(&header(), &payload())), [DID_DOCUMENT]);
    let elsewhere = with(header(), "kid", json!("did:web:elsewhere.example#key"));
    assert_eq!(fetched(&token(&elsewhere, &payload())), Vec::<String>::new());
}

#[test]
fn a_token_with_one_character_changed_is_valid_nowhere() {
    let token = token(&header(), &payload());
    assert_eq!(judged(&token).outcome, Outcome::Valid);
    for at in 0..token.len() {
        for other in [b'A', b'_', b'.'] {
            let mut changed = token.clone().into_bytes();
            if changed[at] == other {
                continue;
            }
            changed[at] = other;
            if let Ok(presented) = Presented::read(&changed) {
                assert_ne!(presented.verify(&web()).outcome, Outcome::Valid, "at {at}");
            }
        }
    }
}

#[test]
fn the_header_has_no_say_in_whether_and_how_a_token_is_checked() {
    for (alg, expected) in [
        (json!("none"), Finding::NoProof),
        (json!("HS256"), Finding::Malformed),
        (json!(1), Finding::Malformed),
        (json!("ES256"), Finding::BadSignature),
        (json!("RS256"), Finding::BadSignature),
        (json!("ES384"), Finding::UnsupportedProof),
    ] {
        let token = token(&with(header(), "alg", alg.clone()), &payload());
        assert_eq!(found(&judged(&token), CheckName::Proof), expected, "{alg}");
        let (signed, _) = token.rsplit_once('.').unwrap();
        let bare = judged(&format!("{signed}."));
        assert_ne!(bare.outcome, Outcome::Valid, "{alg} without a signature");
    }
    for (name, value, expected) in [
        ("typ", json!("vp+jwt"), Finding::Malformed),
        ("typ", json!(1), Finding::Malformed),
        ("crit", json!(["exp"]), Finding::UnsupportedProof),
    ] {
        let token = token(&with(header(), name, value), &payload());
        assert_eq!(found(&judged(&token), CheckName::Proof), expected, "{name}");
    }
    for kind in ["VC+JWT", "application/vc+jwt", "JWT"] {
        let token = token(&with(header(), "typ", json!(kind)), &payload());
        assert_eq!(judged(&token).outcome, Outcome::Valid, "{kind}");
    }
}

#[test]
fn a_key_in_the_header_counts_only_if_the_issuer_is_known_to_have_it() {
    let jwk = |key: &SigningKey| {
        let x = URL_SAFE_NO_PAD.encode(key.verifying_key().as_bytes());
        json!({"kty": "OKP", "crv": "Ed25519", "x": x})
    };
    let mallory = SigningKey::from_bytes(&[66; 32]);
    let carrying = |key: &SigningKey| json!({"alg": "EdDSA", "jwk": jwk(key)});
    let own = token(&carrying(&key()), &payload());
    assert_eq!(judged(&own).outcome, Outcome::Valid);

    let forged = judged(&token_by(&mallory, &carrying(&mallory), &payload()));
    assert_eq!(found(&forged, CheckName::Proof), Finding::Fine);
    assert_eq!(found(&forged, CheckName::Issuer), Finding::NotIssuersKey);

    let unseen = Presented::read(own.as_bytes()).unwrap().verify(&Evidence {
        now: now(),
        fetched: BTreeMap::new(),
    });
    assert_eq!(found(&unseen, CheckName::Issuer), Finding::IssuerUnavailable);
    assert_eq!(unseen.outcome, Outcome::Unchecked);

    let both = with(header(), "jwk", jwk(&mallory));
    assert_eq!(
        found(&judged(&token(&both, &payload())), CheckName::Proof),
        Finding::Malformed
    );
    let broken = with(header(), "jwk", json!({"kty": "oct", "k": "AAAA"}));
    assert_eq!(
        found(&judged(&token(&broken, &payload())), CheckName::Proof),
        Finding::Malformed
    );
    let keyless = json!({"alg": "EdDSA"});
    assert_eq!(
        found(&judged(&token(&keyless, &payload())), CheckName::Proof),
        Finding::Malformed
    );
}

#[test]
fn a_key_of_another_place_or_issuer_is_not_the_issuers() {
    let mallory = SigningKey::from_bytes(&[66; 32]);
    let public = Multikey(mallory.verifying_key());
    for kid in [
        public.did_key_method(),
        "did:web:mallory.example#key".to_owned(),
        format!("{}#{public}", did()),
        "https://badges.example/t/acme/keys.json".to_owned(),
    ] {
        let token = token_by(&mallory, &with(header(), "kid", json!(kid)), &payload());
        let report = judged(&token);
        assert_eq!(found(&report, CheckName::Issuer), Finding::NotIssuersKey, "{kid}");
    }
    for kid in ["#key", "key"] {
        let found = judged(&token(&with(header(), "kid", json!(kid)), &payload()));
        assert_eq!(
            found.check(CheckName::Issuer).unwrap().finding,
            Finding::NotIssuersKey
        );
    }
}

/// A host may have many tenants, and many who put files on it.
#[test]
fn a_key_on_the_issuers_host_is_the_issuers_only_where_nobody_else_can_put_it() {
    let mallory = SigningKey::from_bytes(&[66; 32]);
    let x = URL_SAFE_NO_PAD.encode(mallory.verifying_key().as_bytes());
    let jwk = json!({"kty": "OKP", "crv": "Ed25519", "x": x});
    for (issuer, kid, expected) in [
        (SCHOOL, "https://kite.example/school/jwk", Finding::Fine),
        (SCHOOL, "https://kite.example/.well-known/jwk", Finding::Fine),
        (
            "https://kite.example",
            "https://kite.example/.well-known/jwk",
            Finding::Fine,
        ),
        (
            "https://kite.example",
            "https://kite.example/~mallory/jwk",
            Finding::IssuerUnavailable,
        ),
        (SCHOOL, "https://kite.example/mallory/jwk", Finding::NotIssuersKey),
        (
            SCHOOL,
            "https://kite.example/school/../mallory/jwk",
            Finding::NotIssuersKey,
        ),
        (
            SCHOOL,
            "https://kite.example/schoolmallory/jwk",
            Finding::NotIssuersKey,
        ),
        (
            SCHOOL,
            "https://mallory.example/school/jwk",
            Finding::NotIssuersKey,
        ),
        (
            SCHOOL,
            "https://kite.example:8443/school/jwk",
            Finding::NotIssuersKey,
        ),
        (SCHOOL, "http://kite.example/school/jwk", Finding::NotIssuersKey),
    ] {
        let mut badge = payload();
        badge["issuer"]["id"] = json!(issuer);
        let token = token_by(&mallory, &json!({"alg": "EdDSA", "kid": kid}), &badge);
        let mut evidence = web();
        evidence.fetched.insert(kid.to_owned(), jwk.clone());
        let report = Presented::read(token.as_bytes()).unwrap().verify(&evidence);
        assert_eq!(found(&report, CheckName::Issuer), expected, "{issuer} {kid}");
    }
}

#[test]
fn claims_that_say_something_else_than_the_credential_are_refused() {
    for (name, value) in [
        ("iss", json!("did:web:other.example")),
        ("jti", json!("https://badges.example/c/2")),
    ] {
        let token = token(&header(), &with(payload(), name, value));
        assert_eq!(
            found(&judged(&token), CheckName::Proof),
            Finding::Malformed,
            "{name}"
        );
    }
    let wrapped = |claims: Value| {
        let mut claims = claims;
        claims["vc"] = payload();
        claims
    };
    let old = with(header(), "typ", json!("JWT"));
    let issuer = did().to_string();
    assert_eq!(
        judged(&token(&old, &wrapped(json!({"iss": issuer})))).outcome,
        Outcome::Valid
    );
    for (header, claims) in [
        (&old, json!({})),
        (&old, json!({"iss": "did:web:other.example"})),
        (&header(), json!({"iss": issuer})),
    ] {
        let token = token(header, &wrapped(claims));
        assert_eq!(found(&judged(&token), CheckName::Proof), Finding::Malformed);
    }
}

#[test]
fn a_token_counts_only_while_both_it_and_the_credential_do() {
    let at = |offset: i64| json!(now().unix_millis() / 1_000 + offset);
    for (name, value, expected) in [
        ("nbf", at(0), Finding::Fine),
        ("nbf", at(1), Finding::NotYetValid),
        ("exp", at(1), Finding::Fine),
        ("exp", at(-1), Finding::Expired),
        ("exp", json!(1e300), Finding::Fine),
    ] {
        let token = token(&header(), &with(payload(), name, value));
        assert_eq!(found(&judged(&token), CheckName::Validity), expected, "{name}");
    }
    let later = now().after(Duration::from_secs(1)).to_rfc3339_seconds();
    let early = with(with(payload(), "validFrom", json!(later)), "nbf", at(-9));
    assert_eq!(
        found(&judged(&token(&header(), &early)), CheckName::Validity),
        Finding::NotYetValid
    );
}

#[test]
fn what_two_readers_could_read_in_two_ways_or_nobody_could_in_time_is_no_token() {
    let signed = |header: &str, payload: &str| format!("{}.{}.AA", base64(header), base64(payload));
    let deep = format!("{}1{}", "{\"a\":".repeat(200), "}".repeat(200));
    for text in [
        signed(r#"{"alg":"EdDSA","alg":"none"}"#, "{}"),
        signed("{}", r#"{"iss":"a","iss":"b"}"#),
        signed("{}", r#"{"vc":{"id":"a","id":"b"}}"#),
        signed("{}", r#"{"vc":1}"#),
        signed("{}", r#"{"nbf":"soon"}"#),
        signed("{}", r#"{"iss":1}"#),
        signed("[]", "{}"),
        signed("{}", &deep),
        format!("{}.AA", signed("{}", "{}")),
        format!("{}=", signed("{}", "{}")),
        "e30.e30".to_owned(),
        format!(
            "e30.{}.AA",
            base64(&json!({"a": "x".repeat(1 << 20)}).to_string())
        ),
    ] {
        assert!(Jwt::parse(&text).is_err(), "{}", &text[..text.len().min(80)]);
    }
}

#[test]
fn an_enveloped_credential_is_opened() {
    let envelope = json!({
        "@context": "https://www.w3.org/ns/credentials/v2",
        "type": "EnvelopedVerifiableCredential",
        "id": format!("data:application/vc+jwt,{}", token(&header(), &payload())),
    });
    assert_eq!(judged(&envelope.to_string()).outcome, Outcome::Valid);
}

#[test]
fn a_status_list_may_be_a_token_as_well() {
    let mut list = StatusList::default();
    list.set(94_567, true).unwrap();
    let issuer = did();
    let published = StatusListCredential {
        url: LIST,
        issuer: issuer.as_str(),
        purpose: StatusPurpose::Revocation,
        list: &list,
        valid_from: now(),
        valid_until: None,
    };
    for (signer, expected) in [
        (key(), Finding::Revoked),
        (SigningKey::from_bytes(&[66; 32]), Finding::StatusUnknown),
    ] {
        let published = token_by(&signer, &header(), &published.to_document());
        let mut evidence = web();
        evidence.fetched.insert(LIST.to_owned(), json!(published));
        let badge = token(&header(), &fullest().to_document());
        let report = Presented::read(badge.as_bytes()).unwrap().verify(&evidence);
        assert_eq!(found(&report, CheckName::Status), expected);
    }
}
