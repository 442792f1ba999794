//! The audit trail: who changed what in a tenant, and when.

mod list;
mod note;

pub use list::{Entry, list};
pub use note::note;
