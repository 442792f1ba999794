//! The road from an answer to an award, on a real database.

#![expect(clippy::unwrap_used, reason = "a test that cannot be set up must fail")]

mod analysis;
mod appeals;
mod attempts;
mod awards;
mod badges;
mod bank;
