//! The outbox.

pub mod job;
