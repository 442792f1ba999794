//! The bank of items: who looks at them before learners do, and how one among
//! thousands is found.

#![expect(clippy::unwrap_used, reason = "a test that cannot be set up must fail")]

mod review;
mod search;
mod world;
