//! Open Badges 3.0 as W3C Verifiable Credentials 2.0, signed and verified.

pub mod contexts;
pub mod did_document;
pub mod did_web;
mod hash;
mod jcs;
pub mod jsonld;
pub mod key;
pub mod multibase;
pub mod rdf;
pub mod status;
