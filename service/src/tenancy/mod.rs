//! Organisations: who enters them, how they look, who belongs to them.

mod enter;
mod hold;
mod path;

pub use enter::{Tenant, enter};

pub(crate) use hold::hold_member;
pub(crate) use path::path;
