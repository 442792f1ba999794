//! How many badges are signed and verified in a second on one core, beside what
//! the curve alone can do: `cargo bench -p domain --bench credential`.
//!
//! The rounds take turns and the best of each counts, so that what else the
//! machine does falls on all of them alike.

use std::{
    error::Error,
    io::{self, Write},
    time::{Duration, Instant},
};

use domain::{
    Timestamp,
    credential::{
        Badge, DidWeb, Evidence, Multikey, Outcome, Presented, SignWith, StatusEntry, StatusList,
        StatusListCredential, StatusPurpose, Verifier,
        badge::{Achievement, Criteria, Identity, Image, Issuer, Subject},
        did_document,
        did_document::method_id,
        needs, sign, verify,
    },
};
use ed25519_dalek::{Signer, SigningKey};
use serde_json::Value;

const ROUNDS: usize = 8;
const ROUND: Duration = Duration::from_millis(250);
const LIST: &str = "https://badges.example/status/1";

fn main() -> Result<(), Box<dyn Error>> {
    let key = SigningKey::from_bytes(&[42; 32]);
    let public = key.verifying_key();
    let did: DidWeb = "did:web:badges.example:t:acme".parse()?;
    let method = method_id(&did, Multikey(public));
    let now = Timestamp::parse_rfc3339("2026-03-01T12:00:00Z")?;
    let with = SignWith {
        key: &key,
        verification_method: &method,
        created: now,
    };
    let unsigned = badge(&did, now).to_document();
    let signed = sign(unsigned.clone(), &with)?;
    let evidence = evidence(&did, &with, &signed)?;
    let message = [7; 64];
    let signature = key.sign(&message);

    let verifier = Verifier::new(evidence.clone());
    let presented = Presented::Document(signed.clone());
    let mut best = [0.0_f64; 5];
    for _ in 0..ROUNDS {
        let rates = [
            rate(|| key.sign(&message) == signature),
            rate(|| public.verify_strict(&message, &signature).is_ok()),
            rate(|| sign(unsigned.clone(), &with).is_ok()),
            rate(|| verifier.verify(&presented).outcome == Outcome::Valid),
            rate(|| verify(&signed, &evidence).outcome == Outcome::Valid),
        ];
        for (best, rate) in best.iter_mut().zip(rates) {
            *best = best.max(rate.ok_or("what was measured went wrong")?);
        }
    }
    let [curve_signed, curve_verified, badges_signed, of_many, alone] = best;
    let mut out = io::stdout().lock();
    writeln!(out, "a badge of {} bytes", signed.to_string().len())?;
    writeln!(out, "Ed25519 signed    {curve_signed:>8.0}/s")?;
    writeln!(out, "Ed25519 verified  {curve_verified:>8.0}/s")?;
    for (what, figure, curve) in [
        ("signed", badges_signed, curve_signed),
        ("verified, of many", of_many, curve_verified),
        ("verified alone", alone, curve_verified),
    ] {
        writeln!(
            out,
            "{what:<18}{figure:>8.0}/s  {:.2} of the curve",
            figure / curve
        )?;
    }
    Ok(())
}

/// How often in a second; nothing if it went wrong.
#[expect(clippy::disallowed_methods, reason = "what is measured is time itself")]
fn rate(mut work: impl FnMut() -> bool) -> Option<f64> {
    let began = Instant::now();
    let mut done = 0_u32;
    while began.elapsed() < ROUND {
        if !work() {
            return None;
        }
        done += 1;
    }
    Some(f64::from(done) / began.elapsed().as_secs_f64())
}

/// What a verifier has at hand: the issuer's keys and its signed status list.
fn evidence(did: &DidWeb, with: &SignWith<'_>, signed: &Value) -> Result<Evidence, Box<dyn Error>> {
    let list = StatusList::default();
    let list = StatusListCredential {
        url: LIST,
        issuer: did.as_str(),
        purpose: StatusPurpose::Revocation,
        list: &list,
        valid_from: with.created,
        valid_until: None,
    };
    let list = sign(list.to_document(), with)?;
    let keys = did_document(did, &[Multikey(with.key.verifying_key())]);
    let documents = needs(signed)
        .issuer_documents
        .into_iter()
        .map(|url| (url, keys.clone()));
    Ok(Evidence {
        now: with.created,
        fetched: documents.chain([(LIST.to_owned(), list)]).collect(),
    })
}

/// An ordinary badge: 40 statements.
fn badge(did: &DidWeb, now: Timestamp) -> Badge {
    Badge {
        id: "https://badges.example/c/01920000-0000-7000-8000-000000000001".into(),
        name: "Reading graphs".into(),
        description: Some("Reads graphs of motion, and says what they mean".into()),
        image: Some(image()),
        issuer: Issuer {
            id: did.to_string(),
            name: "Acme Evening School".into(),
            url: Some("https://badges.example/t/acme".into()),
            description: None,
            email: Some("office@badges.example".into()),
            image: None,
        },
        valid_from: now,
        valid_until: None,
        awarded: None,
        subject: Subject {
            id: None,
            identities: vec![Identity::email("ada@learners.example", "salt-1")],
            ..Subject::default()
        },
        achievement: Achievement {
            id: "https://badges.example/t/acme/achievements/graphs/2".into(),
            name: "Reading graphs".into(),
            description: "Reads position, velocity and time from graphs".into(),
            criteria: Criteria {
                id: Some("https://badges.example/t/acme/achievements/graphs".into()),
                narrative: Some("12 of 13 fresh items right, on one day, without help".into()),
            },
            image: Some(image()),
            achievement_type: Some("Badge".into()),
            ..Achievement::default()
        },
        evidence: vec![],
        status: vec![StatusEntry {
            list_url: LIST.into(),
            index: 94_567,
            purpose: StatusPurpose::Revocation,
        }],
    }
}

fn image() -> Image {
    Image {
        id: "https://badges.example/t/acme/i/graphs.png".into(),
        caption: Some("A blue kite".into()),
    }
}
