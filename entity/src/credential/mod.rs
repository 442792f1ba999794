//! Keys, status lists and signed badges.

pub mod credential;
pub mod credential_event;
pub mod public_address;
pub mod signing_key;
pub mod status_list;
