//! People and their sign-ins.

pub mod person;
pub mod person_token;
pub mod sign_in_failure;
pub mod web_session;
