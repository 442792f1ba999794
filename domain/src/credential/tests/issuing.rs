//! A badge from being built to being judged by a stranger.

use std::{collections::BTreeMap, time::Duration};

use ed25519_dalek::{Signer, SigningKey};
use serde_json::{Value, json};

use super::badges::{LIST, barest, did, fullest, key, now};
use super::{json, standards};
use crate::{
    Timestamp,
    credential::{
        Badge, CheckName, DidWeb, Evidence, Finding, Halt, Multikey, Outcome, ProofError, Report, SignWith,
        Standing, StatusEntry, StatusList, StatusListCredential, StatusPurpose, did_document,
        did_document::method_id, jsonld::ContextStore, multibase, needs, proof::Signable, sign, verify,
    },
};

/// Where the other list is.
const SUSPENSIONS: &str = "https://badges.example/status/2";

pub(super) fn signed(document: Value) -> Value {
    let method = method_id(&did(), Multikey(key().verifying_key()));
    sign(
        document,
        &SignWith {
            key: &key(),
            verification_method: &method,
            created: now(),
        },
    )
    .unwrap()
}

pub(super) fn status_list(set: &[usize], purpose: StatusPurpose) -> Value {
    let mut list = StatusList::default();
    for index in set {
        list.set(*index, true).unwrap();
    }
    let issuer = did();
    let credential = StatusListCredential {
        url: LIST,
        issuer: issuer.as_str(),
        purpose,
        list: &list,
        valid_from: now(),
        valid_until: Some(now().after(Duration::from_hours(1))),
    };
    signed(credential.to_document())
}

/// What a stranger finds on the web: the issuer's document and this status list.
pub(super) fn web(list: Value) -> Evidence {
    let document = did_document(&did(), &[Multikey(key().verifying_key())]);
    let url = "https://badges.example/t/acme/did.json".to_owned();
    Evidence {
        now: now(),
        fetched: BTreeMap::from([(url, document), (LIST.to_owned(), list)]),
    }
}

fn judged(document: &Value) -> Report {
    verify(document, &web(status_list(&[1], StatusPurpose::Revocation)))
}

fn found(report: &Report, name: CheckName) -> Finding {
    report.check(name).unwrap().finding
}

#[test]
fn a_badge_verifies_from_what_it_says_has_to_be_fetched() {
    let badge = signed(fullest().to_document());
    let evidence = web(status_list(&[1], StatusPurpose::Revocation));
    let needs = needs(&badge);
    let fetched: Vec<&String> = needs.issuer_documents.iter().chain(&needs.status_lists).collect();
    assert_eq!(fetched, evidence.fetched.keys().rev().collect::<Vec<_>>());

    let report = verify(&badge, &evidence);
    assert_eq!(report.outcome, Outcome::Valid, "{report:?}");
    let claims = report.claims.unwrap();
    assert_eq!(claims.id.as_deref(), Some("https://badges.example/c/1"));
    assert_eq!(claims.issuer, did().as_str());
    assert_eq!(claims.valid_from, Some(now()));
}

#[test]
fn the_barest_badge_verifies_and_names_no_status_list() {
    let report = judged(&signed(barest().to_document()));
    assert_eq!(report.outcome, Outcome::Valid, "{report:?}");
    assert_eq!(found(&report, CheckName::Status), Finding::NoStatus);
}

#[test]
fn what_its_issuer_says_of_a_badge_needs_no_list() {
    let mut evidence = web(Value::Null);
    evidence.fetched.remove(LIST);
    let report = verify(&signed(fullest().to_document()), &evidence);
    assert_eq!(found(&report, CheckName::Status), Finding::StatusUnavailable);
    let halt = || Halt {
        since: now(),
        reason: "Under review".to_owned(),
    };
    for (standing, outcome, finding) in [
        (Standing::InForce, Outcome::Unchecked, Finding::StatusUnavailable),
        (Standing::Suspended(halt()), Outcome::Invalid, Finding::Suspended),
        (Standing::Revoked(halt()), Outcome::Invalid, Finding::Revoked),
    ] {
        let report = report.clone().with_standing(standing.clone());
        assert_eq!(report.outcome, outcome, "{report:?}");
        assert_eq!(found(&report, CheckName::Status), finding);
        assert_eq!(report.standing, Some(standing));
    }
}

#[test]
fn every_text_in_a_badge_is_signed() {
    let badge = signed(fullest().to_document());
    let mut pointers = Vec::new();
    texts(&badge, String::new(), &mut pointers);
    assert!(pointers.len() > 60);
    for pointer in pointers
        .iter()
        .filter(|pointer| !pointer.starts_with("/@context"))
    {
        let mut changed = badge.clone();
        let text = changed.pointer_mut(pointer).unwrap();
        let mut letters = text.as_str().unwrap().to_owned();
        letters.insert(letters.len() - 1, '1');
        *text = letters.into();
        assert_ne!(judged(&changed).outcome, Outcome::Valid, "{pointer}");
    }
}

pub(super) fn texts(value: &Value, pointer: String, found: &mut Vec<String>) {
    match value {
        Value::String(_) => found.push(pointer),
        Value::Array(items) => items
            .iter()
            .enumerate()
            .for_each(|(at, item)| texts(item, format!("{pointer}/{at}"), found)),
        Value::Object(members) => {
            for (name, value) in members {
                texts(
                    value,
                    format!("{pointer}/{}", name.replace('~', "~0").replace('/', "~1")),
                    found,
                );
            }
        }
        _ => {}
    }
}

#[test]
fn a_term_that_no_context_defines_is_refused_in_signing_and_in_verifying() {
    let mut document = fullest().to_document();
    document["credentialSubject"]["honours"] = json!("first class");
    let method = method_id(&did(), Multikey(key().verifying_key()));
    let refused = sign(
        document,
        &SignWith {
            key: &key(),
            verification_method: &method,
            created: now(),
        },
    );
    let Err(ProofError::JsonLd(error)) = refused else {
        panic!("{refused:?}")
    };
    assert_eq!(error.pointer.0, "/credentialSubject/honours");

    let mut badge = signed(fullest().to_document());
    badge["credentialSubject"]["honours"] = json!("first class");
    assert_eq!(found(&judged(&badge), CheckName::Terms), Finding::UndefinedTerm);
}

#[test]
fn a_badge_out_of_its_time_is_not_valid() {
    let badge = signed(fullest().to_document());
    for (moment, expected) in [
        ("2026-03-01T11:59:59Z", Finding::NotYetValid),
        ("2027-03-01T12:00:00Z", Finding::Fine),
        ("2027-03-01T12:00:01Z", Finding::Expired),
    ] {
        let evidence = Evidence {
            now: Timestamp::parse_rfc3339(moment).unwrap(),
            ..web(Value::Null)
        };
        assert_eq!(
            found(&verify(&badge, &evidence), CheckName::Validity),
            expected,
            "{moment}"
        );
    }
}

#[test]
fn a_revoked_or_suspended_badge_is_not_valid() {
    for (purpose, expected) in [
        (StatusPurpose::Revocation, Finding::Revoked),
        (StatusPurpose::Suspension, Finding::Suspended),
    ] {
        let mut badge = fullest();
        badge.status[0].purpose = purpose;
        let report = verify(
            &signed(badge.to_document()),
            &web(status_list(&[94_567], purpose)),
        );
        assert_eq!(found(&report, CheckName::Status), expected);
        assert_eq!(report.outcome, Outcome::Invalid);
    }
}

/// A badge with a place in a list of each purpose, at the same index.
fn twofold() -> Badge {
    let mut badge = fullest();
    let revocation = badge.status[0].clone();
    badge.status.push(StatusEntry {
        list_url: SUSPENSIONS.to_owned(),
        purpose: StatusPurpose::Suspension,
        ..revocation
    });
    badge
}

#[test]
fn of_two_lists_each_counts_and_being_revoked_is_what_is_said_of_both() {
    let badge = signed(twofold().to_document());
    for (revoked, suspended, expected) in [
        (false, false, Finding::Fine),
        (true, false, Finding::Revoked),
        (false, true, Finding::Suspended),
        (true, true, Finding::Revoked),
    ] {
        let set = |on: bool| if on { vec![94_567] } else { vec![] };
        let mut evidence = web(status_list(&set(revoked), StatusPurpose::Revocation));
        let mut list = status_list(&set(suspended), StatusPurpose::Suspension);
        list.as_object_mut().unwrap().remove("proof");
        list["id"] = json!(SUSPENSIONS);
        evidence.fetched.insert(SUSPENSIONS.to_owned(), signed(list));
        let report = verify(&badge, &evidence);
        assert_eq!(found(&report, CheckName::Status), expected);
        let counts = expected == Finding::Fine;
        assert_eq!(report.outcome == Outcome::Valid, counts, "{report:?}");
    }
    let without = web(status_list(&[], StatusPurpose::Revocation));
    assert_eq!(
        found(&verify(&badge, &without), CheckName::Status),
        Finding::StatusUnavailable,
        "one list alone does not say that it counts"
    );
}

#[test]
fn a_status_list_that_can_not_be_relied_on_leaves_the_status_open() {
    let badge = signed(fullest().to_document());
    let good = status_list(&[], StatusPurpose::Revocation);
    let changed = |pointer: &str, value: Value| {
        let mut list = good.clone();
        *list.pointer_mut(pointer).unwrap() = value;
        list
    };
    let mut renamed = good.clone();
    renamed.as_object_mut().unwrap().remove("proof");
    renamed["id"] = json!("https://badges.example/status/2");
    for list in [
        Value::Null,
        json!([]),
        changed("/credentialSubject/encodedList", json!("uAAAA")),
        changed("/issuer", json!("did:web:other.example")),
        changed("/proof", json!([])),
        signed(renamed),
        status_list(&[], StatusPurpose::Suspension),
    ] {
        let report = verify(&badge, &web(list.clone()));
        assert_eq!(
            found(&report, CheckName::Status),
            Finding::StatusUnknown,
            "{list}"
        );
        assert_eq!(report.outcome, Outcome::Unchecked);
    }
    let mut late = web(good);
    late.now = now().after(Duration::from_hours(2));
    assert_eq!(
        found(&verify(&badge, &late), CheckName::Status),
        Finding::StatusUnknown
    );
}

#[test]
fn what_could_not_be_fetched_is_not_held_against_a_badge() {
    let badge = signed(fullest().to_document());
    let report = verify(
        &badge,
        &Evidence {
            now: now(),
            fetched: BTreeMap::new(),
        },
    );
    assert_eq!(report.outcome, Outcome::Unchecked);
    assert_eq!(found(&report, CheckName::Issuer), Finding::IssuerUnavailable);
    assert_eq!(found(&report, CheckName::Status), Finding::StatusUnavailable);
}

#[test]
fn a_key_of_another_issuer_does_not_make_a_badge_valid() {
    let mallory = SigningKey::from_bytes(&[66; 32]);
    let theirs: DidWeb = "did:web:mallory.example".parse().unwrap();
    let public = Multikey(mallory.verifying_key());
    let mut evidence = web(status_list(&[], StatusPurpose::Revocation));
    // A document that claims to be the issuer's, at another's address.
    let mut document = did_document(&theirs, &[public]);
    document["id"] = json!(did().as_str());
    evidence.fetched.insert(
        "https://mallory.example/.well-known/did.json".to_owned(),
        document,
    );
    for method in [
        method_id(&theirs, public),
        method_id(&did(), public),
        public.did_key_method(),
    ] {
        let with = SignWith {
            key: &mallory,
            verification_method: &method,
            created: now(),
        };
        let report = verify(&sign(fullest().to_document(), &with).unwrap(), &evidence);
        assert_eq!(
            found(&report, CheckName::Issuer),
            Finding::NotIssuersKey,
            "{method}"
        );
        assert_eq!(report.outcome, Outcome::Invalid);
    }
}

/// The meaning stays, so the signature does; a reader of JSON would see neither
/// an end nor a status.
#[test]
fn an_end_or_status_can_not_be_hidden_by_writing_the_document_in_another_way() {
    let mut document = fullest().to_document();
    document["refreshService"] = json!({"id": document["id"], "type": "1EdTechCredentialRefresh"});
    let mut badge = signed(document);
    let members = badge.as_object_mut().unwrap();
    let moved = ["validUntil", "credentialStatus"].map(|name| (name, members.remove(name).unwrap()));
    badge["refreshService"]["type"] = json!(["1EdTechCredentialRefresh", "VerifiableCredential"]);
    for (name, value) in moved {
        badge["refreshService"][name] = value;
    }
    let mut evidence = web(status_list(&[94_567], StatusPurpose::Revocation));
    evidence.now = now().after(Duration::from_hours(24 * 400));
    let report = verify(&badge, &evidence);
    assert_eq!(found(&report, CheckName::Proof), Finding::Fine);
    assert_eq!(found(&report, CheckName::Validity), Finding::Expired);

    let mut badge = signed(fullest().to_document());
    let until = badge.as_object_mut().unwrap().remove("validUntil").unwrap();
    badge["https://www.w3.org/2018/credentials#validUntil"] =
        json!({"@value": until, "@type": "http://www.w3.org/2001/XMLSchema#dateTime"});
    let report = verify(&badge, &evidence);
    assert_eq!(found(&report, CheckName::Proof), Finding::Fine);
    assert_eq!(found(&report, CheckName::Validity), Finding::Expired);
}

/// Signs whatever the proof's options say, as `sign` never would.
fn signed_with(options: Value) -> Value {
    let mut badge = fullest().to_document();
    let mut proof = options;
    proof["type"] = json!("DataIntegrityProof");
    proof["cryptosuite"] = json!("eddsa-rdfc-2022");
    proof["verificationMethod"] = json!(method_id(&did(), Multikey(key().verifying_key())));
    let members = badge.as_object().unwrap();
    let signable = Signable::new(members, ContextStore::embedded()).unwrap();
    let (data, _) = signable.rdf_hashes(proof.as_object().unwrap(), &[]).unwrap();
    proof["proofValue"] = json!(multibase::base58btc(&key().sign(&data).to_bytes()));
    badge["proof"] = proof;
    badge
}

#[test]
fn a_proof_counts_for_its_purpose_and_time_only() {
    let expiring = signed_with(json!({"proofPurpose": "assertionMethod", "expires": "2026-03-01T11:00:00Z"}));
    assert_eq!(found(&judged(&expiring), CheckName::Proof), Finding::ProofExpired);

    let mut hidden = expiring;
    let end = hidden["proof"]
        .as_object_mut()
        .unwrap()
        .remove("expires")
        .unwrap();
    hidden["proof"]["https://w3id.org/security#expiration"] =
        json!({"@value": end, "@type": "http://www.w3.org/2001/XMLSchema#dateTime"});
    assert_eq!(found(&judged(&hidden), CheckName::Proof), Finding::ProofExpired);

    let sign_in = signed_with(json!({"proofPurpose": "authentication"}));
    assert_eq!(found(&judged(&sign_in), CheckName::Proof), Finding::Malformed);
}

#[test]
fn every_proof_on_a_badge_has_to_hold() {
    let badge = signed(fullest().to_document());
    let mut other = signed(barest().to_document());
    let mut both = badge.clone();
    both["proof"] = json!([badge["proof"], badge["proof"]]);
    assert_eq!(judged(&both).outcome, Outcome::Valid);
    both["proof"] = json!([badge["proof"], other["proof"].take()]);
    assert_eq!(found(&judged(&both), CheckName::Proof), Finding::BadSignature);
    both["proof"] = json!([badge["proof"], {"type": "RsaSignature2018"}]);
    assert_eq!(
        judged(&both).outcome,
        Outcome::Valid,
        "a proof of a kind that is not known says nothing"
    );
}

#[test]
fn a_document_is_signed_once_and_has_to_be_one() {
    let method = method_id(&did(), Multikey(key().verifying_key()));
    let with = SignWith {
        key: &key(),
        verification_method: &method,
        created: now(),
    };
    assert_eq!(
        sign(signed(barest().to_document()), &with),
        Err(ProofError::AlreadySigned)
    );
    assert_eq!(sign(json!([]), &with), Err(ProofError::NotADocument));
    assert_eq!(sign(json!({}), &with), Err(ProofError::NotADocument));
}

#[test]
fn badges_satisfy_the_official_json_schema() {
    let Some(folder) = standards("schemas") else {
        return;
    };
    let schema = json(&folder.join("ob_v3p0_achievementcredential_schema.json"));
    let validator = jsonschema::validator_for(&schema).unwrap();
    for badge in [fullest(), barest()] {
        let document = signed(badge.to_document());
        let errors: Vec<String> = validator
            .iter_errors(&document)
            .map(|error| format!("{error} at {}", error.instance_path()))
            .collect();
        assert!(errors.is_empty(), "{errors:#?}");
    }
    // The schema has a place for one status only: but for that a badge with two
    // satisfies it as well, and does not name it.
    let mut document = signed(twofold().to_document());
    assert!(document.get("credentialSchema").is_none());
    assert!(!validator.is_valid(&document));
    document["credentialStatus"] = document["credentialStatus"][0].take();
    assert!(validator.is_valid(&document));
}

#[test]
fn nothing_in_a_document_is_null_or_empty() {
    fn full(value: &Value) -> bool {
        match value {
            Value::Null => false,
            Value::String(text) => !text.is_empty(),
            Value::Array(items) => !items.is_empty() && items.iter().all(full),
            Value::Object(members) => !members.is_empty() && members.values().all(full),
            _ => true,
        }
    }
    assert!(full(&fullest().to_document()) && full(&barest().to_document()));
}
