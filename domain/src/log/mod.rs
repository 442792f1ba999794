//! A public log of what issuers did with badges, to which nothing can be added
//! unseen and from which nothing can be taken (RFC 6962; C2SP tlog-tiles,
//! tlog-checkpoint and signed-note).
//!
//! ```text
//! Entry ─▶ leaf hash ─▶ tree ─▶ root ─▶ Checkpoint ─▶ signed note
//!                         └───▶ inclusion and consistency proofs
//! ```
//!
//! An [`Entry`] is about a badge and says nothing about a person. The [`tree`]
//! is kept as the hashes that stand in [`tile`]s; every other one follows from
//! them. A [`LogProof`] goes with a badge and shows to whoever knows the log's
//! key that it was entered.

mod checkpoint;
mod entry;
mod note;
mod proof;
pub mod tile;
pub mod tree;

#[cfg(test)]
mod tests;

pub use checkpoint::{Checkpoint, NotACheckpoint};
pub use entry::{Entry, hash_of_document, hash_of_url};
pub use note::{NoteError, VerifierKey, open_note, sign_note};
pub use proof::{Included, LogProof, judge};
pub use tile::Tile;
pub use tree::{Hash, Stored};
