//! The public log of what issuers did with badges.

pub mod log_entry;
pub mod log_hash;
pub mod transparency_log;
