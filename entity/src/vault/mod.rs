//! What secrets are sealed under.

pub mod canary;
