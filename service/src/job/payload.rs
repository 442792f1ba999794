//! A job as its row holds it.
//!
//! What a mail says is sealed under the master key: many have a link in them that
//! opens an account, and a row may be parked for weeks and lie in a backup for years.

use domain::id::JobId;
use serde::{Deserialize, Serialize};

use super::Job;
use crate::{Installation, Result, VaultError, identity::token};

#[derive(Serialize, Deserialize)]
#[serde(untagged)]
enum Payload {
    Sealed { sealed: String },
    Open(Job),
}

/// The payload of the row `id`.
pub(super) fn write(installation: &Installation, id: JobId, job: &Job) -> Result<String> {
    let open = serde_json::to_string(job)?;
    if !matches!(job, Job::SendMail(_)) {
        return Ok(open);
    }
    let sealed = installation
        .vault
        .seal(&*installation.chance, &place(id), open.as_bytes())?;
    Ok(serde_json::to_string(&Payload::Sealed {
        sealed: token::encode(&sealed.0),
    })?)
}

/// The job of the row `id`.
pub(super) fn read(installation: &Installation, id: JobId, payload: &str) -> Result<Job> {
    match serde_json::from_str(payload)? {
        Payload::Open(job) => Ok(job),
        Payload::Sealed { sealed } => {
            let sealed = token::decode_any(&sealed).ok_or(VaultError::DoesNotOpen)?;
            let open = installation.vault.open(&place(id), &sealed)?;
            Ok(serde_json::from_slice(&open)?)
        }
    }
}

/// Bytes that were copied to another row do not open there.
fn place(id: JobId) -> String {
    format!("job/{id}")
}
