//! A badge on paper: written, read, judged, tampered with.

use std::{collections::BTreeMap, time::Duration};

use ed25519_dalek::SigningKey;
use minicbor::Encoder;
use proptest::prelude::*;
use serde_json::json;

use super::badges::{LIST, barest, did, fullest, key, now};
use crate::credential::{
    Badge, CheckName, Evidence, Finding, Multikey, NotPresented, Outcome, Presented, Report, SignWith,
    StatusList, StatusListCredential, StatusPurpose, did_document,
    did_document::method_id,
    paper::{self, PaperError, sign_paper},
    sign,
};

/// A version 25 QR code at level M holds so many characters.
const VERSION_25: usize = 1_451;

fn written_by(key: &SigningKey, badge: &Badge) -> Result<String, PaperError> {
    let with = SignWith {
        key,
        verification_method: &method_id(&did(), Multikey(key.verifying_key())),
        created: now(),
    };
    sign_paper(&sign(badge.to_document(), &with).unwrap(), &with)
}

fn written(badge: &Badge) -> String {
    written_by(&key(), badge).unwrap()
}

/// What can be had without a network: the issuer's document, saved before.
fn saved() -> Evidence {
    let document = did_document(&did(), &[Multikey(key().verifying_key())]);
    let url = "https://badges.example/t/acme/did.json".to_owned();
    Evidence {
        now: now(),
        fetched: BTreeMap::from([(url, document)]),
    }
}

/// The same, and the list in which these bits are set.
fn online(set: &[usize]) -> Evidence {
    let mut list = StatusList::default();
    for index in set {
        list.set(*index, true).unwrap();
    }
    let issuer = did();
    let credential = StatusListCredential {
        url: LIST,
        issuer: issuer.as_str(),
        purpose: StatusPurpose::Revocation,
        list: &list,
        valid_from: now(),
        valid_until: None,
    };
    let with = SignWith {
        key: &key(),
        verification_method: &method_id(&did(), Multikey(key().verifying_key())),
        created: now(),
    };
    let mut evidence = saved();
    let list = sign(credential.to_document(), &with).unwrap();
    evidence.fetched.insert(LIST.to_owned(), list);
    evidence
}

fn judged(text: &str, evidence: &Evidence) -> Report {
    Presented::read(text.as_bytes()).unwrap().verify(evidence)
}

fn found(report: &Report, name: CheckName) -> Finding {
    report.check(name).unwrap().finding
}

#[test]
fn a_badge_on_paper_verifies_and_says_what_the_badge_says() {
    let badge = fullest();
    let text = written(&badge);
    assert!(text.starts_with(paper::PREFIX) && text.len() <= VERSION_25);
    let report = judged(&format!(" {text}\n"), &online(&[1]));
    assert_eq!(report.outcome, Outcome::Valid, "{report:?}");
    let claims = report.claims.unwrap();
    assert_eq!(claims.id.as_deref(), Some("https://badges.example/c/1"));
    assert_eq!(claims.subject.as_deref(), Some("did:example:learner"));
    assert_eq!(claims.valid_until, badge.valid_until);
    let presented = Presented::read(text.as_bytes()).unwrap();
    let shown = presented.document();
    let said = badge.to_document();
    for pointer in [
        "/id",
        "/name",
        "/issuer/id",
        "/issuer/name",
        "/validFrom",
        "/credentialSubject/achievement/id",
        "/credentialSubject/achievement/description",
        "/credentialSubject/achievement/criteria/narrative",
    ] {
        assert_eq!(shown.pointer(pointer), said.pointer(pointer), "{pointer}");
    }
    let needs = presented.needs();
    assert_eq!(needs.issuer_documents, ["https://badges.example/t/acme/did.json"]);
    assert_eq!(needs.status_lists, [LIST]);
}

#[test]
fn without_a_network_all_but_the_status_is_known() {
    let report = judged(&written(&fullest()), &saved());
    assert_eq!(found(&report, CheckName::Proof), Finding::Fine);
    assert_eq!(found(&report, CheckName::Issuer), Finding::Fine);
    assert_eq!(found(&report, CheckName::Status), Finding::StatusUnavailable);
    assert_eq!(report.outcome, Outcome::Unchecked);
    assert_eq!(
        judged(&written(&barest()), &saved()).outcome,
        Outcome::Valid,
        "no status is kept of this one"
    );
}

#[test]
fn a_badge_that_was_revoked_or_has_expired_is_not_valid_on_paper_either() {
    let text = written(&fullest());
    let revoked = judged(&text, &online(&[94_567]));
    assert_eq!(found(&revoked, CheckName::Status), Finding::Revoked);
    let mut later = online(&[]);
    later.now = now().after(Duration::from_hours(24 * 366));
    assert_eq!(
        found(&judged(&text, &later), CheckName::Validity),
        Finding::Expired
    );
}

#[test]
fn a_statement_signed_by_another_key_is_not_the_issuers() {
    let text = written_by(&SigningKey::from_bytes(&[7; 32]), &fullest()).unwrap();
    let report = judged(&text, &saved());
    assert_eq!(found(&report, CheckName::Issuer), Finding::NotIssuersKey);
    assert_eq!(report.outcome, Outcome::Invalid);
    let with = SignWith {
        key: &key(),
        verification_method: "did:web:elsewhere.example#key",
        created: now(),
    };
    let document = fullest().to_document();
    assert_eq!(sign_paper(&document, &with), Err(PaperError::NoPlace("key")));
}

#[test]
fn criteria_that_would_make_the_code_too_large_are_left_out() {
    let mut badge = fullest();
    let words: String = (0..2_000_u32)
        .map(|word| format!("{:x} ", word.wrapping_mul(0x9e37_79b9)))
        .collect();
    badge.achievement.criteria.narrative = Some(words.clone());
    badge.achievement.description = words;
    let text = written(&badge);
    assert!(text.len() <= VERSION_25, "{}", text.len());
    let shown = Presented::read(text.as_bytes()).unwrap().document();
    let achievement = &shown["credentialSubject"]["achievement"];
    assert!(achievement["criteria"]["narrative"].is_null());
    let description = achievement["description"].as_str().unwrap();
    assert!(
        description.len() <= 400 && description.ends_with('…'),
        "{description}"
    );
}

#[test]
fn a_badge_whose_status_has_no_place_on_paper_is_not_written() {
    let mut document = fullest().to_document();
    document["credentialStatus"] = json!({"id": LIST, "type": "1EdTechRevocationList"});
    let with = SignWith {
        key: &key(),
        verification_method: &method_id(&did(), Multikey(key().verifying_key())),
        created: now(),
    };
    assert_eq!(sign_paper(&document, &with), Err(PaperError::NoPlace("status")));
}

#[test]
fn no_byte_of_the_text_can_be_another() {
    let text = written(&fullest());
    for at in 0..text.len() {
        for letter in b"0A5Z$ :\x1f" {
            let mut changed = text.clone().into_bytes();
            if changed[at] == *letter {
                continue;
            }
            changed[at] = *letter;
            let outcome = Presented::read(&changed).map(|presented| presented.verify(&online(&[])).outcome);
            assert_ne!(outcome, Ok(Outcome::Valid), "byte {at} as {letter}");
        }
    }
}

/// What is inside, changed and packed anew, as whoever forges would.
fn forged(change: impl Fn(&mut Vec<u8>)) -> Result<Presented, NotPresented> {
    let mut cbor = paper::unpacked(&written(&fullest())).unwrap();
    change(&mut cbor);
    Presented::read(paper::packed(&cbor).unwrap().as_bytes())
}

#[test]
fn no_byte_of_what_is_signed_can_be_another() {
    let length = paper::unpacked(&written(&fullest())).unwrap().len();
    assert!(forged(|_| ()).is_ok());
    for at in 0..length {
        for mask in [1, 0x20, 0x80] {
            if let Ok(presented) = forged(|cbor| cbor[at] ^= mask) {
                let outcome = presented.verify(&online(&[])).outcome;
                assert_ne!(outcome, Outcome::Valid, "byte {at} with {mask}");
            }
        }
    }
    assert!(forged(|cbor| cbor.push(0)).is_err());
    assert!(forged(|cbor| cbor.truncate(length - 1)).is_err());
}

#[test]
fn what_is_written_in_another_form_than_the_one_there_is_is_refused() {
    // The tag in two bytes instead of one, and nothing else changed.
    let longer = |cbor: &mut Vec<u8>| {
        cbor.splice(..1, [0xd8, 18]);
    };
    assert_eq!(
        forged(longer).err(),
        Some(NotPresented::Paper(PaperError::Malformed))
    );
    let deep = |cbor: &mut Vec<u8>| *cbor = vec![0x81; 8_000];
    assert!(forged(deep).is_err());
    let mut claimed = Encoder::new(Vec::new());
    claimed.array(u64::MAX).unwrap();
    let claimed = claimed.into_writer();
    assert!(forged(|cbor| cbor.clone_from(&claimed)).is_err());
}

proptest! {
    #[test]
    fn no_bytes_make_the_reader_panic(bytes in proptest::collection::vec(any::<u8>(), 0..60), at in 0_usize..2_000) {
        let _ = forged(|cbor| {
            let at = at % cbor.len();
            cbor.splice(at.., bytes.iter().copied());
        });
        let _ = forged(|cbor| {
            let at = at % cbor.len();
            let end = (at + bytes.len()).min(cbor.len());
            cbor.splice(at..end, bytes.iter().copied());
        });
    }
}
