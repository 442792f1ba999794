//! Badges signed and verified per second, on one core and without a database.

use std::{collections::BTreeMap, hint::black_box, sync::Arc, time::Duration};

use domain::credential::{Evidence, Outcome, Presented, Report, SignWith, Verifier, needs, sign};
use ed25519_dalek::{Signer, SigningKey};
use serde::Serialize;
use serde_json::Value;
use service::{Error, PersonCtx, SystemCtx, credential, wallet};

use super::{BenchError, rate::on_one_core};
use crate::demo::load::Loaded;

/// So many times everything takes its turn, and the best of each counts: what
/// else the machine does must not fall on one side of a ratio.
const TURNS: u32 = 5;

/// Per second.
#[derive(Debug, Serialize)]
pub(super) struct Credentials {
    ed25519_signed: f64,
    ed25519_verified: f64,
    signed: f64,
    /// With the issuer's keys and the signed status list at hand, both checked once.
    verified: f64,
    /// The same, with both checked for each badge.
    verified_alone: f64,
    signed_to_ed25519: f64,
    verified_to_ed25519: f64,
}

pub(super) async fn measure(loaded: &Loaded<'_>, time: Duration) -> Result<Credentials, BenchError> {
    let badge = badge(loaded).await?;
    let evidence = evidence(loaded, &badge).await?;
    let mut unsigned = badge.clone();
    if let Some(document) = unsigned.as_object_mut() {
        document.remove("proof");
    }
    let key = SigningKey::from_bytes(&[7; 32]);
    let with = SignWith {
        key: &key,
        verification_method: "did:web:bench.example#key",
        created: loaded.installation.now(),
    };
    let message = [7; 64];
    let signature = key.sign(&message);
    let public = key.verifying_key();
    let verifier = Verifier::new(evidence.clone());
    let presented = Presented::Document(badge);
    let valid = |report: Report| match report.outcome {
        Outcome::Valid => Ok(()),
        _ => Err(BenchError::Wrong(format!("a badge is not valid: {report:?}"))),
    };
    let [
        mut bare_sign,
        mut bare_verify,
        mut signed,
        mut together,
        mut alone,
    ] = [0.0_f64; 5];
    for _ in 0..TURNS {
        let turn = |best: &mut f64, work: &mut dyn FnMut() -> Result<(), BenchError>| {
            *best = best.max(on_one_core(time / TURNS, work)?);
            Ok::<_, BenchError>(())
        };
        turn(&mut bare_sign, &mut || {
            black_box(key.sign(black_box(&message)));
            Ok(())
        })?;
        turn(&mut bare_verify, &mut || {
            public
                .verify_strict(&message, &signature)
                .map_err(BenchError::wrong)
        })?;
        turn(&mut signed, &mut || {
            sign(unsigned.clone(), &with).map(drop).map_err(BenchError::wrong)
        })?;
        turn(&mut together, &mut || valid(verifier.verify(&presented)))?;
        turn(&mut alone, &mut || valid(presented.verify(&evidence)))?;
    }
    let ratio = |of: f64, to: f64| (of / to.max(1.0) * 1000.0).round() / 1000.0;
    Ok(Credentials {
        ed25519_signed: bare_sign,
        ed25519_verified: bare_verify,
        signed,
        verified: together,
        verified_alone: alone,
        signed_to_ed25519: ratio(signed, bare_sign),
        verified_to_ed25519: ratio(together, bare_verify),
    })
}

/// One that a learner of the demo has earned.
async fn badge(loaded: &Loaded<'_>) -> Result<Value, BenchError> {
    for person in loaded.people.values() {
        let holder = PersonCtx::new(Arc::clone(&loaded.installation), *person);
        if let Some(item) = wallet::items(&holder).await?.first() {
            let document = wallet::download(&holder, item.id).await?;
            return serde_json::from_str(&document).map_err(BenchError::wrong);
        }
    }
    Err(BenchError::Wrong("nobody in the demo has a badge".to_owned()))
}

/// What a verifier would have fetched.
async fn evidence(loaded: &Loaded<'_>, badge: &Value) -> Result<Evidence, BenchError> {
    let system = SystemCtx::new(Arc::clone(&loaded.installation));
    let needs = needs(badge);
    let mut fetched = BTreeMap::new();
    for url in needs.issuer_documents {
        let keys = credential::did_document(&system.in_tenant(loaded.tenant)).await?;
        fetched.insert(url, keys);
    }
    for url in needs.status_lists {
        let id = url
            .rsplit('/')
            .next()
            .and_then(|id| id.parse().ok())
            .ok_or(Error::NotFound)?;
        let list = credential::status_list_document(&system, id).await?;
        fetched.insert(url, serde_json::from_str(&list).map_err(BenchError::wrong)?);
    }
    Ok(Evidence {
        now: system.now(),
        fetched,
    })
}
