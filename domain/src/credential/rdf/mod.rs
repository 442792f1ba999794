//! RDF datasets, as small as signing needs them.

mod canonical;
mod dataset;

pub use canonical::{PoisonGraph, canonicalize};
pub use dataset::{Dataset, Graph, Node, Object, Quad, Span, Term};
