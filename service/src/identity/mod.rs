//! People: accounts, sign-ins, sessions.

mod who;

pub use who::{Person, who};
