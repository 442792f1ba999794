//! Accounts, sign-ins and sessions, as people meet them.

#![expect(clippy::unwrap_used, reason = "a test that cannot be set up must fail")]

mod account;
mod links;
mod operator;
mod people;
mod sessions;
mod sign_in;
mod sign_up;
