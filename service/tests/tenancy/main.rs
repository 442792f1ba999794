//! Tenants, and who comes to belong to them.

#![expect(clippy::unwrap_used, reason = "a test that cannot be set up must fail")]

mod invitations;
mod isolation;
mod joining;
mod making;
mod people;
mod row_level_security;
mod settings;
mod world;
