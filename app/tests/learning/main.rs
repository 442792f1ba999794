//! Pages on which learners show what they can do, without script.

#![expect(clippy::unwrap_used, reason = "a test that cannot be set up must fail")]

mod browser;
mod marking;
mod pages;
#[path = "../../../service/tests/learning/world.rs"]
#[expect(dead_code, reason = "the service's tests use all of it")]
mod world;
