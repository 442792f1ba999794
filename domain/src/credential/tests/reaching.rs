//! What a document can make a verifier fetch.

use std::collections::BTreeMap;

use ed25519_dalek::SigningKey;
use serde_json::{Value, json};

use super::badges::{did, fullest, key, now};
use crate::credential::{
    Badge, CheckName, Evidence, Finding, Multikey, Needs, Outcome, SignWith, StatusEntry,
    did_document::method_id, needs, sign, verify,
};

fn signed(badge: &Badge, method: &str, key: &SigningKey) -> Value {
    let with = SignWith {
        key,
        verification_method: method,
        created: now(),
    };
    sign(badge.to_document(), &with).unwrap()
}

fn own(badge: &Badge) -> Value {
    signed(badge, &method_id(&did(), Multikey(key().verifying_key())), &key())
}

#[test]
fn a_key_of_somebody_else_is_not_even_asked_for() {
    let badge = signed(&fullest(), "did:web:elsewhere.example#key", &key());
    assert_eq!(needs(&badge).issuer_documents, Vec::<String>::new());
    let mut two = own(&fullest());
    let others = badge["proof"].clone();
    two["proof"] = json!([two["proof"].clone(), others]);
    assert_eq!(
        needs(&two).issuer_documents,
        ["https://badges.example/t/acme/did.json"]
    );
    let report = verify(
        &two,
        &Evidence {
            now: now(),
            fetched: BTreeMap::new(),
        },
    );
    let [own, other] = report.proofs.as_slice() else {
        panic!("{report:?}")
    };
    assert!(own.by_issuer && !other.by_issuer);
    assert_eq!(other.finding, Finding::NotReached);
    assert_eq!(
        report.check(CheckName::Issuer).unwrap().finding,
        Finding::IssuerUnavailable,
        "the issuer's own was, and could not be had"
    );
    assert_eq!(report.outcome, Outcome::Unchecked);
}

#[test]
fn a_badge_with_status_entries_without_end_is_malformed_and_has_nothing_fetched() {
    let mut badge = fullest();
    let entry = badge.status[0].clone();
    badge.status = (0..9)
        .map(|n| StatusEntry {
            list_url: format!("https://inside.example/{n}"),
            ..entry.clone()
        })
        .collect();
    let many = own(&badge);
    assert_eq!(needs(&many), Needs::default());
    let evidence = Evidence {
        now: now(),
        fetched: BTreeMap::new(),
    };
    let report = verify(&many, &evidence);
    assert_eq!(
        report.check(CheckName::Structure).unwrap().finding,
        Finding::Malformed
    );
    badge.status.truncate(8);
    assert_eq!(needs(&own(&badge)).status_lists.len(), 8);
}
