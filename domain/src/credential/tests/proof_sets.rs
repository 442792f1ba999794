//! Badges with more than one proof.

use std::collections::BTreeMap;

use ed25519_dalek::SigningKey;
use serde_json::{Value, json};

use super::badges::{barest, did, key, now};
use crate::credential::{
    CheckName, Evidence, Finding, Multikey, Outcome, Report, SignWith, did_document, did_document::method_id,
    sign, verify,
};

fn judged(document: &Value) -> Report {
    let keys = did_document(&did(), &[Multikey(key().verifying_key())]);
    verify(
        document,
        &Evidence {
            now: now(),
            fetched: BTreeMap::from([("https://badges.example/t/acme/did.json".to_owned(), keys)]),
        },
    )
}

fn signed(key: &SigningKey, method: &str) -> Value {
    let with = SignWith {
        key,
        verification_method: method,
        created: now(),
    };
    sign(barest().to_document(), &with).unwrap()
}

fn by_issuer() -> Value {
    signed(&key(), &method_id(&did(), Multikey(key().verifying_key())))
}

/// A proof by somebody who is not the issuer.
fn by_witness() -> Value {
    let witness = SigningKey::from_bytes(&[9; 32]);
    signed(&witness, &Multikey(witness.verifying_key()).did_key_method())
}

fn with_proofs(proofs: Value) -> Value {
    let mut badge = barest().to_document();
    badge["proof"] = proofs;
    badge
}

fn finding(report: &Report, name: CheckName) -> Finding {
    report.check(name).unwrap().finding
}

#[test]
fn somebody_else_may_sign_as_well_but_not_instead() {
    let [own, other] = [by_issuer(), by_witness()].map(|mut badge| badge["proof"].take());
    let report = judged(&with_proofs(json!([own, other])));
    assert_eq!(report.outcome, Outcome::Valid, "{report:?}");
    let proofs: Vec<_> = report
        .proofs
        .iter()
        .map(|proof| (proof.kind.as_str(), proof.by_issuer, proof.outcome))
        .collect();
    assert_eq!(
        proofs,
        [
            ("eddsa-rdfc-2022", true, Outcome::Valid),
            ("eddsa-rdfc-2022", false, Outcome::Valid)
        ]
    );

    let report = judged(&with_proofs(json!([other])));
    assert_eq!(finding(&report, CheckName::Proof), Finding::Fine);
    assert_eq!(finding(&report, CheckName::Issuer), Finding::NotIssuersKey);
}

#[test]
fn a_proof_that_does_not_hold_is_not_outvoted() {
    let [own, mut other] = [by_issuer(), by_witness()].map(|mut badge| badge["proof"].take());
    other["created"] = json!("2020-01-01T00:00:00Z");
    for proofs in [json!([own, other]), json!([other, own])] {
        let report = judged(&with_proofs(proofs));
        assert_eq!(finding(&report, CheckName::Proof), Finding::BadSignature);
        assert_eq!(finding(&report, CheckName::Issuer), Finding::Fine);
        assert_eq!(report.outcome, Outcome::Invalid);
    }
}

#[test]
fn an_earlier_proof_has_to_be_there_under_a_name_of_its_own() {
    let [own, other] = [by_issuer(), by_witness()].map(|mut badge| badge["proof"].take());
    let named = |name: &str, proof: &Value| {
        let mut proof = proof.clone();
        proof["id"] = json!(name);
        proof
    };
    let after = |name: Value| {
        let mut proof = own.clone();
        proof["previousProof"] = name;
        proof
    };
    for proofs in [
        json!([named("urn:x:2", &other), after(json!("urn:x:1"))]),
        json!([
            named("urn:x:1", &other),
            named("urn:x:1", &other),
            after(json!("urn:x:1"))
        ]),
        json!([named("urn:x:1", &other), after(json!(1))]),
        json!([named("urn:x:1", &other), after(json!([]))]),
    ] {
        let report = judged(&with_proofs(proofs));
        assert_eq!(report.proofs.last().unwrap().finding, Finding::Malformed);
        assert_eq!(report.outcome, Outcome::Invalid, "{report:?}");
    }
    let tail = named("urn:x:1", &after(json!("urn:x:1")));
    let report = judged(&with_proofs(json!([tail])));
    assert_eq!(finding(&report, CheckName::Proof), Finding::BadSignature);
}

#[test]
fn proofs_without_end_are_not_looked_at() {
    let own = by_issuer()["proof"].take();
    let report = judged(&with_proofs(Value::Array(vec![own; 17])));
    assert_eq!(finding(&report, CheckName::Proof), Finding::Malformed);
    assert!(report.proofs.is_empty());
}
