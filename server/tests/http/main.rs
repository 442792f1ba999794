//! The site over HTTP, through every layer: what an honest browser gets, and
//! what somebody gets who means harm.

#![expect(clippy::unwrap_used, reason = "a test that cannot be set up must fail")]

mod alike;
mod api;
mod away;
mod bodies;
mod given_back;
mod headers;
mod issuer;
mod limits;
mod log;
mod origin;
mod sign_in;
mod site;
