//! What a person can do, by framework.

pub mod competency;
pub mod framework;
