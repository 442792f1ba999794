//! Badges signed and verified per second, on one core and without a database.

use std::{collections::BTreeMap, sync::Arc, time::Duration};

use domain::credential::{Evidence, Outcome, SignWith, needs, sign, verify};
use ed25519_dalek::SigningKey;
use serde::Serialize;
use serde_json::Value;
use service::{Error, PersonCtx, SystemCtx, credential, wallet};

use super::{BenchError, rate::on_one_core};
use crate::demo::load::Loaded;

/// Per second.
#[derive(Debug, Serialize)]
pub(super) struct Credentials {
    signed: f64,
    /// With the issuer's keys and the signed status list at hand, both checked.
    verified: f64,
}

pub(super) async fn measure(loaded: &Loaded<'_>, time: Duration) -> Result<Credentials, BenchError> {
    let badge = badge(loaded).await?;
    let evidence = evidence(loaded, &badge).await?;
    let mut unsigned = badge.clone();
    if let Some(document) = unsigned.as_object_mut() {
        document.remove("proof");
    }
    let with = SignWith {
        key: &SigningKey::from_bytes(&[7; 32]),
        verification_method: "did:web:bench.example#key",
        created: loaded.installation.now(),
    };
    Ok(Credentials {
        signed: on_one_core(time, || {
            sign(unsigned.clone(), &with).map(drop).map_err(BenchError::wrong)
        })?,
        verified: on_one_core(time, || {
            let report = verify(&badge, &evidence);
            if report.outcome == Outcome::Valid {
                Ok(())
            } else {
                Err(BenchError::Wrong(format!("a badge is not valid: {report:?}")))
            }
        })?,
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
