//! 1EdTech's own sample badges, judged as their names say.

use std::collections::BTreeMap;

use serde_json::{Value, json};

use super::{json, standards};
use crate::{
    Timestamp,
    credential::{CheckName, Evidence, Finding, Outcome, Report, needs, verify},
};

fn evidence(fetched: BTreeMap<String, Value>) -> Evidence {
    Evidence {
        now: Timestamp::parse_rfc3339("2026-01-01T00:00:00Z").unwrap(),
        fetched,
    }
}

/// The issuers of the samples are not on the web. Their keys are: the method's
/// fragment is the key itself.
fn issuer_documents(sample: &Value) -> BTreeMap<String, Value> {
    let method = sample["proof"][0]["verificationMethod"]
        .as_str()
        .unwrap_or_default();
    let Some((issuer, key)) = method.split_once('#') else {
        return BTreeMap::new();
    };
    let document = json!({
        "id": issuer,
        "verificationMethod": [{"id": method, "type": "Multikey", "controller": issuer, "publicKeyMultibase": key}],
        "assertionMethod": [method],
    });
    BTreeMap::from([(issuer.to_owned(), document)])
}

fn judged(name: &str) -> Option<Report> {
    let sample = json(&standards("ob30-samples")?.join(name));
    Some(verify(&sample, &evidence(issuer_documents(&sample))))
}

fn finding(report: &Report, name: CheckName) -> Finding {
    report.check(name).unwrap().finding
}

#[test]
fn the_fullest_sample_verifies_but_for_a_kind_of_status_that_is_not_known_here() {
    let Some(report) = judged("complete.json") else {
        return;
    };
    for name in [
        CheckName::Structure,
        CheckName::Terms,
        CheckName::Proof,
        CheckName::Issuer,
        CheckName::Validity,
    ] {
        assert_eq!(finding(&report, name), Finding::Fine, "{report:?}");
    }
    assert_eq!(finding(&report, CheckName::Status), Finding::StatusUnknown);
    assert_eq!(report.outcome, Outcome::Unchecked);
}

#[test]
fn a_valid_endorsement_verifies() {
    let Some(report) = judged("endorsement-valid.json") else {
        return;
    };
    assert_eq!(report.outcome, Outcome::Valid, "{report:?}");
}

#[test]
fn a_good_signature_by_a_key_that_is_not_the_issuers_is_not_valid() {
    let Some(report) = judged("simple-did-key-method.json") else {
        return;
    };
    assert_eq!(finding(&report, CheckName::Proof), Finding::Fine);
    assert_eq!(finding(&report, CheckName::Issuer), Finding::NotIssuersKey);
    assert_eq!(report.outcome, Outcome::Invalid);
}

#[test]
fn what_is_wrong_with_each_broken_sample_is_found() {
    for (sample, name, expected) in [
        (
            "simple-err-context.json",
            CheckName::Structure,
            Finding::Malformed,
        ),
        (
            "simple-err-context.json",
            CheckName::Terms,
            Finding::UndefinedTerm,
        ),
        ("simple-err-expired.json", CheckName::Validity, Finding::Expired),
        (
            "simple-err-proof-value.json",
            CheckName::Proof,
            Finding::BadSignature,
        ),
        (
            "simple-eddsa-2022.json",
            CheckName::Proof,
            Finding::UnsupportedProof,
        ),
        ("simple-noproof.json", CheckName::Proof, Finding::NoProof),
    ] {
        let Some(report) = judged(sample) else { return };
        assert_eq!(finding(&report, name), expected, "{sample}: {report:?}");
        assert_ne!(report.outcome, Outcome::Valid, "{sample}");
    }
}

#[test]
fn what_has_to_be_fetched_for_a_sample_is_its_issuers_document() {
    let Some(folder) = standards("ob30-samples") else {
        return;
    };
    let needs = needs(&json(&folder.join("endorsement-valid.json")));
    assert_eq!(needs.issuer_documents, ["https://state.gov/issuers/565049"]);
    assert!(needs.status_lists.is_empty());
}
