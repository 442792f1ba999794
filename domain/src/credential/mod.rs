//! Open Badges 3.0 as W3C Verifiable Credentials 2.0: built, signed, verified.
//!
//! ```text
//! Badge::to_document ─▶ sign ─▶ the badge, as its owner keeps it
//!                                  │
//!               needs ─▶ (fetched elsewhere) ─▶ verify ─▶ Report
//! ```
//!
//! [`badge`] writes the document, [`proof`] signs it, [`verify()`] judges one from
//! anywhere. Beneath them [`jsonld`] turns a document into RDF under the
//! [`contexts`] that are embedded here, and [`rdf`] gives that a canonical form.
//! An issuer is a [`did_web`] identifier whose [`did_document()`] lists its keys;
//! [`status`] says which of its badges no longer count.

pub mod badge;
pub mod baked;
mod base58;
mod bound;
pub mod claims;
pub mod contexts;
pub mod data_model;
pub mod did_document;
pub mod did_web;
pub(crate) mod hash;
pub(crate) mod jcs;
pub mod json;
pub mod jsonld;
pub mod jwt;
pub mod key;
pub mod multibase;
pub mod paper;
pub mod presented;
pub mod proof;
pub mod public_key;
pub mod rdf;
pub mod report;
pub mod standing;
pub mod status;
pub mod verify;

#[cfg(test)]
mod tests;

pub use badge::Badge;
pub use bound::bound_to;
pub use did_document::did_document;
pub use did_web::DidWeb;
pub use jwt::Jwt;
pub use key::Multikey;
pub use paper::Paper;
pub use presented::{NotPresented, Presented};
pub use proof::{ProofError, SignWith, sign};
pub use public_key::PublicKey;
pub use report::{Check, CheckName, Finding, Outcome, ProofResult, Report};
pub use standing::{Halt, Standing, Step};
pub use status::{StatusEntry, StatusList, StatusListCredential, StatusPurpose};
pub use verify::{Evidence, Needs, Verifier, needs, verify};
