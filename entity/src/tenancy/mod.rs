//! Tenants, who belongs to them, and who is invited.

pub mod accommodation;
pub mod invitation;
pub mod membership;
pub mod tenant;
