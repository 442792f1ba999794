//! Badges that were signed by software of others: `foreign/make.mjs` says by which.

use std::collections::BTreeMap;

use serde_json::Value;

use crate::{
    Timestamp,
    credential::{CheckName, Evidence, Finding, Outcome, Report, json, verify},
};

fn evidence() -> Evidence {
    Evidence {
        now: Timestamp::parse_rfc3339("2026-06-01T00:00:00Z").unwrap(),
        fetched: BTreeMap::new(),
    }
}

fn finding(report: &Report, name: CheckName) -> Finding {
    report.check(name).unwrap().finding
}

const ECDSA: &str = include_str!("foreign/ecdsa-rdfc-2019.json");
const ED25519_2020: &str = include_str!("foreign/ed25519-signature-2020.json");

#[test]
fn proofs_on_p256_and_of_the_older_type_verify_and_a_changed_badge_does_not() {
    for (text, kind) in [(ECDSA, "ecdsa-rdfc-2019"), (ED25519_2020, "Ed25519Signature2020")] {
        let report = verify(&json::parse(text).unwrap(), &evidence());
        assert_eq!(report.outcome, Outcome::Valid, "{report:?}");
        assert_eq!(report.proofs[0].kind, kind);
        for (part, other) in [
            ("Builds a kite that flies", "Builds a kite"),
            ("2026-02-01T09:00:00Z", "2026-02-01T09:00:01Z"),
            ("2036-01-01", "2037-01-01"),
        ] {
            let changed = verify(&json::parse(&text.replace(part, other)).unwrap(), &evidence());
            assert_eq!(
                finding(&changed, CheckName::Proof),
                Finding::BadSignature,
                "{kind}"
            );
        }
    }
}

/// A suite goes with one kind of key: the badge has no say in how a key is used.
#[test]
fn a_proof_that_names_another_suite_than_it_was_made_by_does_not_hold() {
    for (text, made_by, claimed) in [
        (ECDSA, "ecdsa-rdfc-2019", "eddsa-rdfc-2022"),
        (ECDSA, "ecdsa-rdfc-2019", "eddsa-jcs-2022"),
    ] {
        let report = verify(
            &json::parse(&text.replace(made_by, claimed)).unwrap(),
            &evidence(),
        );
        assert_eq!(finding(&report, CheckName::Proof), Finding::BadSignature);
    }
    let unknown = ECDSA.replace("ecdsa-rdfc-2019", "Ed25519Signature2020");
    let report = verify(&json::parse(&unknown).unwrap(), &evidence());
    assert_eq!(finding(&report, CheckName::Proof), Finding::UnsupportedProof);
}

#[test]
fn a_badge_of_the_older_data_model_has_its_dates_and_has_to_have_one() {
    let badge: Value = json::parse(ED25519_2020).unwrap();
    let late = Evidence {
        now: Timestamp::parse_rfc3339("2036-01-01T00:00:01Z").unwrap(),
        ..evidence()
    };
    assert_eq!(
        finding(&verify(&badge, &late), CheckName::Validity),
        Finding::Expired
    );
    let mut undated = badge;
    undated.as_object_mut().unwrap().remove("issuanceDate");
    let report = verify(&undated, &evidence());
    assert_eq!(finding(&report, CheckName::Structure), Finding::Malformed);
}
