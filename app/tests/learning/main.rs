//! Pages on which learners show what they can do, without script.

#![expect(clippy::unwrap_used, reason = "a test that cannot be set up must fail")]

mod browser;
mod drawing;
mod import;
mod late;
mod marking;
mod pages;
mod regrade;
mod variables;
#[path = "../../../service/tests/learning/world.rs"]
mod world;
