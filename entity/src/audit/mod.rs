//! Who did what, when.

pub mod audit_entry;
