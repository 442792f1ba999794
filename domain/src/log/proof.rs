//! What goes with a badge and shows that it is in the log.

use base64::{Engine, engine::general_purpose::STANDARD};
use serde::{Deserialize, Serialize};
use serde_json::Value;

use super::{
    Checkpoint, Entry, Hash, VerifierKey, hash_of_document, hash_of_url, open_note,
    tree::{includes, leaf_hash},
};
use crate::credential::{Finding, Step, claims::Claims};

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

/// Whether `proof` shows that the badge with these `claims` was entered in the
/// log of `key` when it was issued; `document` is the badge where it came as it
/// was signed.
#[must_use]
pub fn judge(
    proof: &LogProof,
    key: &VerifierKey,
    claims: &Claims,
    document: Option<&Value>,
) -> (Finding, String) {
    match entered(proof, key, claims, document) {
        Ok(found) => (Finding::Fine, found),
        Err(trouble) => (Finding::NotLogged, trouble),
    }
}

fn entered(
    proof: &LogProof,
    key: &VerifierKey,
    claims: &Claims,
    document: Option<&Value>,
) -> Result<String, String> {
    let checkpoint = open_note(&proof.checkpoint, key)
        .map_err(|cause| format!("the log\u{2019}s checkpoint can\u{2019}t be relied on: {cause}"))?;
    let checkpoint: Checkpoint = checkpoint
        .parse()
        .map_err(|_| "the log\u{2019}s checkpoint is malformed")?;
    if checkpoint.origin != key.name() {
        return Err("the checkpoint is of another log".to_owned());
    }
    let url = claims.id.as_deref().ok_or("a badge without a URL is in no log")?;
    let (own, signed) = (hash_of_url(url), document.map(hash_of_document));
    let mut issued = None;
    for included in &proof.entries {
        if !is_in(&checkpoint, included) {
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
            && signed.as_ref().is_none_or(|signed| *signed == entry.document);
        if is_own {
            issued = Some((included.index, entry.logged));
        }
    }
    let (index, at) = issued.ok_or("the log has no entry of this badge as it is here")?;
    Ok(format!(
        "entered in {} as number {index} on {}",
        key.name(),
        at.to_date()
    ))
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
