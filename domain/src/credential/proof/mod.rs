//! Data Integrity proofs: `eddsa-rdfc-2022` and `eddsa-jcs-2022`, made and checked, and
//! others, checked (Data Integrity `EdDSA` Cryptosuites 1.0); one, a set of them, or a
//! chain (Verifiable Credential Data Integrity 1.0 §2.1).

mod listed;
mod make;
mod signable;
mod suite;

pub(super) use listed::{Listed, Proof};
pub use make::{Cryptosuite, ProofOptions, Purpose, add_proof, sign};
pub(super) use signable::Signable;

use ed25519_dalek::SigningKey;

use super::{jsonld::JsonLdError, rdf::PoisonGraph};
use crate::Timestamp;

/// Why a document can't be signed, or a proof does not hold.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum ProofError {
    /// The document is not an object with an `@context`.
    #[error("the document is not a JSON object with an @context")]
    NotADocument,
    /// The document to be signed has a proof already.
    #[error("the document is signed already")]
    AlreadySigned,
    /// The document can't be read as JSON-LD.
    #[error(transparent)]
    JsonLd(#[from] JsonLdError),
    /// The document was made to be slow to read.
    #[error(transparent)]
    PoisonGraph(#[from] PoisonGraph),
    /// A member of the proof is missing or not as it should be.
    #[error("the proof\u{2019}s {0} is missing or malformed")]
    Malformed(&'static str),
    /// The proof says that it rests on another, which is not there or not the only one so named.
    #[error("the earlier proof {0} is missing or not the only one of that name")]
    NoPreviousProof(String),
    /// It says itself that nobody signed it.
    #[error("it is not signed")]
    NotSigned,
    /// The proof is of a kind that is not known here.
    #[error("proofs of the kind {0} cannot be checked")]
    Unsupported(String),
    /// The signature does not fit the document, the proof and the key.
    #[error("the signature does not fit the document")]
    BadSignature,
}

/// What signs a document.
#[derive(Debug, Clone, Copy)]
pub struct SignWith<'a> {
    /// The issuer's private key.
    pub key: &'a SigningKey,
    /// The URL by which the issuer's document names the public key.
    pub verification_method: &'a str,
    /// When; written in whole seconds.
    pub created: Timestamp,
}
