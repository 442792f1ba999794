//! JSON-LD 1.1 (expansion and conversion to RDF), for documents that are signed.
//!
//! Two things differ from a general processor, both on purpose.
//!
//! It is always *safe*: whatever a general processor would drop in silence (a
//! property that no context defines, a type or an id that is no IRI, a text's
//! direction) is an error here, because what is dropped is not signed, and a
//! reader would take it for a part of what was.
//!
//! It is *fast*: the contexts of a document are worked out once for each list
//! of addresses and remembered, with every type's and property's own context on
//! top, so that what remains is one walk over the document.
//!
//! What no context of a credential uses is refused rather than half supported:
//! `@reverse`, `@nest`, `@included`, `@import`, `@base`, `@direction`, and
//! containers other than `@set`, `@list`, `@graph` and `@language`.

mod containers;
mod context;
mod definition;
mod expansion;
mod iri;
mod keyword;
mod literal;
mod names;
mod path;
mod store;
mod values;

pub use expansion::{Expanded, expand};
pub use store::ContextStore;

use std::fmt;

/// A document can't be read as JSON-LD: what is wrong, and where.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{problem} (at {pointer})")]
pub struct JsonLdError {
    /// JSON Pointer (RFC 6901) to the offender; empty for the document itself.
    pub pointer: Pointer,
    /// What is wrong there.
    pub problem: Problem,
}

/// A JSON Pointer that prints as `the document` when it is empty.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Pointer(pub String);

impl fmt::Display for Pointer {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(if self.0.is_empty() {
            "the document"
        } else {
            &self.0
        })
    }
}

/// What is wrong with a document or one of its contexts.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Problem {
    /// The document is no JSON object.
    #[error("not a JSON object")]
    NotAnObject,
    /// There is no `@context`.
    #[error("there is no @context")]
    NoContext,
    /// The context is not one of those that are embedded.
    #[error("the context {0} is not known")]
    UnknownContext(String),
    /// No context defines the property.
    #[error("no context defines the term \u{201c}{0}\u{201d}")]
    UndefinedTerm(String),
    /// An id, type or reference is no absolute IRI.
    #[error("\u{201c}{0}\u{201d} is not an absolute IRI")]
    NotAnIri(String),
    /// The construct is part of JSON-LD, but not of credentials.
    #[error("{0} is not used in credentials")]
    Unsupported(String),
    /// The value cannot stand here.
    #[error("the value does not fit here")]
    InvalidValue,
    /// The language is no language tag.
    #[error("\u{201c}{0}\u{201d} is not a language tag")]
    InvalidLanguage(String),
    /// Two entries say the same thing, and only one may.
    #[error("{0} is given twice")]
    Twice(&'static str),
    /// A context is malformed.
    #[error("the context is malformed at \u{201c}{0}\u{201d}")]
    InvalidContext(String),
    /// A context defines a protected term in another way.
    #[error("the context changes the protected term \u{201c}{0}\u{201d}")]
    ProtectedTerm(String),
    /// A context of null would take protected terms away.
    #[error("the context takes protected terms away")]
    ProtectedContext,
    /// The document is nested too deeply.
    #[error("nested too deeply")]
    TooDeep,
    /// The document, or what its contexts make of it, is too large.
    #[error("too large")]
    TooLarge,
}
