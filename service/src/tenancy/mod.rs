//! Organisations: who enters them, how they look, who belongs to them.

mod enter;

pub use enter::{Tenant, enter};
