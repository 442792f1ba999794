//! Many credentials judged by one verifier, which remembers what it found out.

use std::time::Duration;

use serde_json::{Value, json};

use super::{
    badges::{LIST, barest, fullest, now},
    issuing::{signed, status_list, texts, web},
};
use crate::credential::{Evidence, Finding, Presented, StatusPurpose, Verifier, verify};

/// Good badges, and those of the same issuer with each of their texts changed.
fn badges() -> Vec<Value> {
    let good = signed(fullest().to_document());
    let mut pointers = Vec::new();
    texts(&good, String::new(), &mut pointers);
    let changed = pointers.iter().map(|pointer| {
        let mut changed = good.clone();
        let text = changed.pointer_mut(pointer).unwrap();
        *text = format!("{}1", text.as_str().unwrap()).into();
        changed
    });
    let mut badges: Vec<Value> = changed.collect();
    badges.push(signed(barest().to_document()));
    for index in [94_567, 200_000] {
        let mut badge = fullest();
        badge.status[0].index = index;
        badges.push(signed(badge.to_document()));
    }
    let mut suspended = fullest();
    suspended.status[0].purpose = StatusPurpose::Suspension;
    badges.push(signed(suspended.to_document()));
    badges.push(json!("no badge"));
    badges
}

fn each_as_if_alone(evidence: &Evidence) {
    let verifier = Verifier::new(evidence.clone());
    let badges = badges();
    // The second time with everything remembered, and from the other end.
    for badge in badges.iter().chain(badges.iter().rev()) {
        let report = verifier.verify(&Presented::Document(badge.clone()));
        assert_eq!(report, verify(badge, evidence));
    }
}

#[test]
fn one_of_many_is_judged_as_if_it_were_alone_whatever_came_before_it() {
    let revoked = status_list(&[94_567], StatusPurpose::Revocation);
    let mut unsigned = revoked.clone();
    unsigned["name"] = json!("Changed");
    for list in [
        revoked.clone(),
        status_list(&[], StatusPurpose::Suspension),
        unsigned,
        Value::Null,
    ] {
        each_as_if_alone(&web(list));
    }
    let mut evidence = web(revoked);
    evidence.now = now().after(Duration::from_hours(2));
    each_as_if_alone(&evidence);
    evidence.fetched.remove(LIST);
    each_as_if_alone(&evidence);
    evidence.fetched.clear();
    each_as_if_alone(&evidence);
}

#[test]
fn a_list_that_counts_for_its_issuer_does_not_count_for_another() {
    let evidence = web(status_list(&[], StatusPurpose::Revocation));
    let verifier = Verifier::new(evidence);
    let mut badge = signed(fullest().to_document());
    let status = |badge: &Value| {
        let report = verifier.verify(&Presented::Document(badge.clone()));
        report
            .checks
            .into_iter()
            .find(|check| check.name == crate::credential::CheckName::Status)
            .unwrap()
            .finding
    };
    assert_eq!(status(&badge), Finding::Fine);
    badge["issuer"]["id"] = json!("did:web:other.example");
    assert_eq!(status(&badge), Finding::StatusUnknown);
    badge["issuer"]["id"] = json!("did:web:badges.example:t:acme");
    assert_eq!(status(&badge), Finding::Fine);
}
