//! What goes with a badge and shows that it is in the log.

use std::time::Duration;

use base64::{Engine, engine::general_purpose::STANDARD};
use serde::{Deserialize, Serialize};
use serde_json::Value;

use super::{
    Checkpoint, Entry, Hash, VerifierKey, hash_of_document, hash_of_url, open_note,
    tree::{includes, leaf_hash},
};
use crate::{
    Timestamp,
    credential::{Finding, Step, claims::Claims},
};

/// A badge is entered within so long of being issued, whatever holds up the log.
const PUNCTUAL: Duration = Duration::from_hours(24);

/// All that the log has about one badge, with what shows that it is there.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct LogProof {
    /// The log's verifier key. Whoever relies on the log knows it from elsewhere.
    pub key: String,
    /// A checkpoint, signed.
    pub checkpoint: String,
    /// The entries, in their order.
    pub entries: Vec<Included>,
}

/// An entry, and what shows that it is in the tree of the checkpoint.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Included {
    /// Its place in the log.
    pub index: u64,
    /// The entry, byte for byte.
    pub entry: String,
    /// The hashes beside the way up, from the leaf, in base64.
    pub proof: Vec<String>,
}

/// Whether `proof` shows that the signed `document` with these `claims` was
/// entered in the log of `key` when it was issued.
///
/// A checkpoint that this key did not sign says nothing, for or against: the log
/// may be another one, or have been begun anew.
#[must_use]
pub fn judge(proof: &LogProof, key: &VerifierKey, claims: &Claims, document: &Value) -> (Finding, String) {
    let checkpoint = match known(proof, key) {
        Ok(checkpoint) => checkpoint,
        Err(trouble) => return (Finding::LogUnavailable, trouble),
    };
    let (index, at) = match entered(proof, &checkpoint, claims, document) {
        Ok(entered) => entered,
        Err(trouble) => return (Finding::NotLogged, trouble),
    };
    let (log, day) = (key.name(), at.to_date());
    match claims.valid_from {
        Some(from) if from < at.before(PUNCTUAL) => (
            Finding::LoggedLate,
            format!(
                "it says that it counts from {}, but was entered in {log} only on {day}, as number {index}: \
                 nothing shows that it is older",
                from.to_date()
            ),
        ),
        _ => (
            Finding::Fine,
            format!("entered in {log} as number {index} on {day}"),
        ),
    }
}

/// The checkpoint, if it is one of the log of `key`.
fn known(proof: &LogProof, key: &VerifierKey) -> Result<Checkpoint, String> {
    let text = open_note(&proof.checkpoint, key)
        .map_err(|cause| format!("the checkpoint is none of this log: {cause}"))?;
    let checkpoint: Checkpoint = text
        .parse()
        .map_err(|_| "the log\u{2019}s checkpoint is malformed")?;
    if checkpoint.origin == key.name() {
        Ok(checkpoint)
    } else {
        Err("the checkpoint is of another log".to_owned())
    }
}

/// As which number the badge was entered, and when.
fn entered(
    proof: &LogProof,
    checkpoint: &Checkpoint,
    claims: &Claims,
    document: &Value,
) -> Result<(u64, Timestamp), String> {
    let url = claims.id.as_deref().ok_or("a badge without a URL is in no log")?;
    let (own, signed) = (hash_of_url(url), hash_of_document(document));
    let mut issued = None;
    for included in &proof.entries {
        if !is_in(checkpoint, included) {
            return Err(format!(
                "entry {} is not in the log whose checkpoint came with it",
                included.index
            ));
        }
        let entry: Entry = serde_json::from_str(&included.entry)
            .map_err(|_| format!("entry {} can\u{2019}t be read", included.index))?;
        let is_own = entry.step == Step::Issued
            && entry.credential == own
            && entry.issuer == claims.issuer
            && entry.document == signed;
        if is_own {
            issued = Some((included.index, entry.logged));
        }
    }
    issued.ok_or_else(|| "the log has no entry of this badge as it is here".to_owned())
}

fn is_in(checkpoint: &Checkpoint, included: &Included) -> bool {
    let hash = |text: &String| STANDARD.decode(text).ok()?.try_into().ok();
    let Some(siblings) = included.proof.iter().map(hash).collect::<Option<Vec<Hash>>>() else {
        return false;
    };
    let leaf = leaf_hash(included.entry.as_bytes());
    includes(
        &checkpoint.root,
        checkpoint.size,
        included.index,
        &leaf,
        &siblings,
    )
}
