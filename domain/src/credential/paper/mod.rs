//! A badge in one QR code on paper, which can be checked without a network.
//!
//! ```text
//! Statement ─▶ CBOR (a CWT's claims) ─▶ COSE_Sign1 ─▶ deflate ─▶ base 45 ─▶ CAIRN1:…
//! ```
//!
//! It is a statement of its own about a badge, with a signature of its own by the
//! issuer's key, and not the signed document in a shorter form. Both were
//! measured on the badges of the demo, each a document of 3.6 to 4.0 KB. With its
//! names replaced by numbers, its hashes and signatures by bytes, and what was
//! left deflated, the whole document takes 1,120 to 1,240 bytes: a QR code of
//! version 28 to 30 at level M, and none at all as soon as an achievement has a
//! page of criteria. This statement takes 680 to 800 bytes, version 21 to 23, and
//! leaves the criteria out where they would make it larger than version 25 (520
//! to 550 bytes, version 18 or 19, without any): a badge of any length fits, at a
//! size that a phone reads from paper. And it is made of published parts (RFC
//! 8949, RFC 9052, RFC 8392), so that whoever knows those can check it:
//! `docs/PAPER.md` says how.
//!
//! The holder stands in it as in the badge: by the salted hash of a mail
//! address. A name is what its owner says at the moment; signed, it would let
//! anybody be called anything for ever.

mod cose;
mod statement;
mod text;

use std::str::FromStr;

use ed25519_dalek::Signer;
use serde_json::Value;

use super::{
    claims::Claims,
    proof::{ProofError, SignWith},
};
use cose::Envelope;
use statement::Statement;
pub use text::PREFIX;
#[cfg(test)]
pub(super) use text::{read as unpacked, write as packed};

/// Characters of a text that fits into a QR code of version 25 at level M
/// (ISO/IEC 18004, table 7).
const FITTING: usize = 1_451;

/// Why a badge can't be put on paper, or a text is no badge from paper.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum PaperError {
    /// Some of the text is missing or was changed, or it is of another kind.
    #[error("this is no badge from paper, or not all of it")]
    Malformed,
    /// It is longer than any QR code.
    #[error("the badge is too long for paper")]
    TooLong,
    /// The badge says something that has no place in the statement.
    #[error("the badge\u{2019}s {0} cannot be put on paper")]
    NoPlace(&'static str),
    /// The badge can't be read.
    #[error(transparent)]
    Unreadable(#[from] ProofError),
}

/// A badge as it was read from paper, not yet believed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Paper {
    envelope: Envelope,
    statement: Statement,
}

/// What the signed badge `document` says, as the text of a QR code, signed by
/// `with`, whose verification method has to be the issuer's.
///
/// The same badge and key make the same text at any time.
pub fn sign_paper(document: &Value, with: &SignWith<'_>) -> Result<String, PaperError> {
    let mut statement = Statement::about(document)?;
    let whole = written(&statement, with);
    let fits = whole.as_ref().is_ok_and(|text| text.len() <= FITTING);
    if fits || statement.badge.criteria.take().is_none() {
        return whole;
    }
    written(&statement, with)
}

fn written(statement: &Statement, with: &SignWith<'_>) -> Result<String, PaperError> {
    let key_id = with
        .verification_method
        .strip_prefix(statement.issuer.as_str())
        .and_then(|method| method.strip_prefix('#'))
        .ok_or(PaperError::NoPlace("key"))?;
    let envelope = Envelope::sealed(key_id, statement.to_cbor(), |message| {
        with.key.sign(message).to_bytes()
    });
    text::write(&envelope.to_cbor())
}

impl FromStr for Paper {
    type Err = PaperError;

    /// Reads the text of a QR code. Line breaks in it mean nothing.
    fn from_str(text: &str) -> Result<Self, PaperError> {
        let envelope = Envelope::from_cbor(&text::read(text)?).ok_or(PaperError::Malformed)?;
        let statement = Statement::from_cbor(&envelope.payload).ok_or(PaperError::Malformed)?;
        Ok(Self { envelope, statement })
    }
}

impl Paper {
    /// What it says, in the members that a badge has it in, to be shown. It is
    /// not the badge, and has no proof.
    #[must_use]
    pub fn document(&self) -> Value {
        self.statement.to_document()
    }

    /// What a verdict depends on.
    pub(super) fn claims(&self) -> Claims {
        self.statement.claims()
    }

    /// The URL of the key that it names, among the issuer's.
    pub(super) fn verification_method(&self) -> String {
        format!("{}#{}", self.statement.issuer, self.envelope.key_id)
    }

    /// What is signed, and the signature.
    pub(super) fn signed(&self) -> (Vec<u8>, &[u8; 64]) {
        (self.envelope.message(), &self.envelope.signature)
    }
}
