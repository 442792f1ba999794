//! Presentations: whose they are, for whom, and what is in them.

use std::collections::BTreeMap;

use ed25519_dalek::SigningKey;
use serde_json::{Value, json};

use super::badges::{barest, did, key, now};
use crate::credential::{
    CheckName, Evidence, Finding, Multikey, Outcome, SignWith, Verifier, contexts, did_document,
    did_document::method_id,
    jsonld::ContextStore,
    jwt::sign_token,
    proof::{Cryptosuite, ProofOptions, Purpose, add_proof},
    sign,
    verify::{Asked, PresentationReport, needs_of_presentation},
};

const CHALLENGE: &str = "8f1c";
const DOMAIN: &str = "employer.example";

fn holder() -> SigningKey {
    SigningKey::from_bytes(&[11; 32])
}

fn holders_did() -> String {
    Multikey(holder().verifying_key()).did_key()
}

fn issuers(method: &str) -> SignWith<'_> {
    let key = Box::leak(Box::new(key()));
    SignWith {
        key,
        verification_method: method,
        created: now(),
    }
}

fn badge() -> Value {
    let method = method_id(&did(), Multikey(key().verifying_key()));
    sign(barest().to_document(), &issuers(&method)).unwrap()
}

fn presentation(credentials: Value) -> Value {
    json!({
        "@context": [contexts::CREDENTIALS_V2],
        "type": "VerifiablePresentation",
        "holder": holders_did(),
        "verifiableCredential": credentials,
    })
}

fn answering(presentation: Value, suite: Cryptosuite) -> Value {
    let key = holder();
    let with = SignWith {
        key: &key,
        verification_method: &Multikey(key.verifying_key()).did_key_method(),
        created: now(),
    };
    let options = ProofOptions {
        suite,
        purpose: Purpose::Authentication {
            challenge: Some(CHALLENGE),
            domain: Some(DOMAIN),
        },
        ..ProofOptions::default()
    };
    add_proof(presentation, &with, &options, ContextStore::embedded()).unwrap()
}

fn judged_as(document: &Value, asked: Asked<'_>) -> PresentationReport {
    let keys = did_document(&did(), &[Multikey(key().verifying_key())]);
    let address = "https://badges.example/t/acme/did.json".to_owned();
    let evidence = Evidence {
        now: now(),
        fetched: BTreeMap::from([(address, keys)]),
    };
    Verifier::new(evidence).verify_presentation(document, asked)
}

fn judged(document: &Value) -> PresentationReport {
    let asked = Asked {
        challenge: Some(CHALLENGE),
        domain: Some(DOMAIN),
    };
    judged_as(document, asked)
}

fn finding(report: &PresentationReport, name: CheckName) -> Option<Finding> {
    let check = report.checks.iter().find(|check| check.name == name);
    check.map(|check| check.finding)
}

#[test]
fn a_holder_presents_badges_that_each_hold_on_their_own() {
    for suite in [Cryptosuite::EddsaRdfc2022, Cryptosuite::EddsaJcs2022] {
        let report = judged(&answering(presentation(json!([badge(), badge()])), suite));
        assert_eq!(report.outcome, Outcome::Valid, "{report:#?}");
        assert_eq!(report.holder.as_deref(), Some(holders_did().as_str()));
        assert_eq!(report.credentials.len(), 2);
    }
}

#[test]
fn what_has_to_be_fetched_is_what_its_badges_need() {
    let needs = needs_of_presentation(&presentation(json!([badge()])), ContextStore::embedded());
    assert_eq!(needs.len(), 1);
    assert_eq!(
        needs[0].issuer_documents,
        ["https://badges.example/t/acme/did.json"]
    );
}

#[test]
fn an_answer_to_another_question_or_for_another_does_not_count() {
    let answer = answering(presentation(json!([badge()])), Cryptosuite::EddsaRdfc2022);
    for (asked, outcome) in [
        (Asked::default(), Outcome::Valid),
        (
            Asked {
                challenge: Some("other"),
                domain: None,
            },
            Outcome::Invalid,
        ),
        (
            Asked {
                challenge: Some(CHALLENGE),
                domain: Some("thief.example"),
            },
            Outcome::Invalid,
        ),
    ] {
        let report = judged_as(&answer, asked);
        assert_eq!(report.outcome, outcome, "{asked:?}: {report:#?}");
    }
}

#[test]
fn a_claim_is_no_answer_and_an_answer_no_claim() {
    let key = holder();
    let method = Multikey(key.verifying_key()).did_key_method();
    let with = SignWith {
        key: &key,
        verification_method: &method,
        created: now(),
    };
    let claimed = sign(presentation(json!([badge()])), &with).unwrap();
    let report = judged_as(&claimed, Asked::default());
    assert_eq!(finding(&report, CheckName::Proof), Some(Finding::Malformed));

    let method = method_id(&did(), Multikey(self::key().verifying_key()));
    let purpose = Purpose::Authentication {
        challenge: None,
        domain: None,
    };
    let options = ProofOptions {
        purpose,
        ..ProofOptions::default()
    };
    let answered = add_proof(
        barest().to_document(),
        &issuers(&method),
        &options,
        ContextStore::embedded(),
    );
    let report = judged(&answering(
        presentation(json!([answered.unwrap()])),
        Cryptosuite::EddsaRdfc2022,
    ));
    assert_eq!(report.credentials[0].outcome, Outcome::Invalid);
}

#[test]
fn nobody_presents_in_anothers_name() {
    let mut other = presentation(json!([badge()]));
    other["holder"] = json!("did:example:somebody");
    let report = judged(&answering(other, Cryptosuite::EddsaRdfc2022));
    assert_eq!(finding(&report, CheckName::Issuer), Some(Finding::NotIssuersKey));
    assert_eq!(report.outcome, Outcome::Invalid);
}

#[test]
fn what_was_changed_or_put_in_after_it_was_signed_is_noticed() {
    let answer = answering(presentation(json!([badge()])), Cryptosuite::EddsaRdfc2022);
    let mut more = answer.clone();
    more["verifiableCredential"].as_array_mut().unwrap().push(badge());
    let mut changed = answer;
    changed["verifiableCredential"][0]["name"] = json!("Another badge");
    for document in [more, changed] {
        let report = judged(&document);
        assert_eq!(finding(&report, CheckName::Proof), Some(Finding::BadSignature));
    }
}

#[test]
fn one_badge_that_does_not_hold_is_enough() {
    let mut forged = badge();
    forged["name"] = json!("Another badge");
    let report = judged(&answering(
        presentation(json!([badge(), forged])),
        Cryptosuite::EddsaRdfc2022,
    ));
    assert_eq!(finding(&report, CheckName::Proof), Some(Finding::Fine));
    let outcomes: Vec<_> = report.credentials.iter().map(|report| report.outcome).collect();
    assert_eq!(outcomes, [Outcome::Valid, Outcome::Invalid]);
    assert_eq!(report.outcome, Outcome::Invalid);
}

#[test]
fn a_badge_in_an_envelope_is_taken_out_of_it() {
    let method = method_id(&did(), Multikey(key().verifying_key()));
    let token = sign_token(&barest().to_document(), &issuers(&method)).unwrap();
    let envelope = json!({
        "@context": [contexts::CREDENTIALS_V2],
        "type": "EnvelopedVerifiableCredential",
        "id": format!("data:application/vc+jwt,{token}"),
    });
    let report = judged(&answering(
        presentation(json!([envelope])),
        Cryptosuite::EddsaRdfc2022,
    ));
    assert_eq!(report.outcome, Outcome::Valid, "{report:#?}");
}

/// A credential without a proof that is presented: nothing but the presentation is signed.
fn own(issuer: &str) -> Value {
    json!({
        "@context": [contexts::CREDENTIALS_V2],
        "type": ["VerifiableCredential"],
        "issuer": issuer,
        "credentialSubject": { "name": "I can swim." },
    })
}

#[test]
fn what_a_holder_says_of_themselves_rests_on_the_presentation_and_nothing_else_does() {
    let present = |presentation: Value| {
        let report = judged(&answering(presentation, Cryptosuite::EddsaRdfc2022));
        (
            report.outcome,
            report.credentials[0].check(CheckName::Proof).unwrap().finding,
        )
    };
    let whole = presentation(json!([own(&holders_did())]));
    assert_eq!(present(whole.clone()), (Outcome::Valid, Finding::Fine));
    let others = presentation(json!([own("did:example:school")]));
    assert_eq!(present(others), (Outcome::Invalid, Finding::NoProof));
    let mut nameless = whole.clone();
    nameless.as_object_mut().unwrap().remove("holder");
    assert_eq!(present(nameless), (Outcome::Invalid, Finding::NoProof));
    // Nor where the presentation does not hold itself.
    let report = judged(&whole);
    assert_eq!(report.credentials[0].outcome, Outcome::Invalid);
    assert_eq!(report.outcome, Outcome::Invalid);
}

#[test]
fn more_badges_than_anybody_shows_at_once_are_not_looked_at() {
    let many = vec![own(&holders_did()); 65];
    let report = judged(&presentation(json!(many)));
    assert_eq!(report.outcome, Outcome::Invalid);
    assert_eq!(finding(&report, CheckName::Structure), Some(Finding::Malformed));
}
