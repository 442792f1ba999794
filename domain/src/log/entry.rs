//! What the log says about a step that an issuer took with a badge.

use serde::{Deserialize, Serialize};
use serde_json::Value;

use crate::{
    Timestamp,
    credential::{
        Step,
        hash::{hex, sha256},
        jcs::canonical_json,
    },
};

/// An entry: JSON with these members in this order, without spaces.
///
/// Anybody can read the log, and a badge that its holder shares is found by its
/// address alone: so neither address nor document stands in it, only their
/// hashes. Whoever has the badge knows both; an address has 74 bits of chance,
/// and is not found out by trying.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Entry {
    /// [`hash_of_url`] of the badge's `id`.
    pub credential: String,
    /// [`hash_of_document`] of the badge.
    pub document: String,
    /// The issuer's DID.
    pub issuer: String,
    /// When it was entered.
    pub logged: Timestamp,
    /// When the step was taken, as its issuer says.
    pub moment: Timestamp,
    /// What was done.
    #[serde(rename = "type")]
    pub step: Step,
}

/// SHA-256 of a badge's URL, in hexadecimal.
#[must_use]
pub fn hash_of_url(url: &str) -> String {
    hex(&sha256(url.as_bytes()))
}

/// SHA-256 of a signed badge with its proof in canonical JSON (RFC 8785), in
/// hexadecimal: a wallet that writes the same badge with other spaces or in
/// another order changes nothing.
#[must_use]
pub fn hash_of_document(document: &Value) -> String {
    hex(&sha256(canonical_json(document).as_bytes()))
}
