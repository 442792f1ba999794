//! The rules and documents of Cairn.
//!
//! Everything here is a pure function of its arguments: no clock, no
//! randomness, no I/O. Time comes in as a [`Timestamp`], chance as a
//! [`Seed`], and the same input gives the same result on every machine,
//! `wasm32` included.

pub mod assessment;
pub mod competency;
pub mod course;
pub mod credential;
pub mod id;
pub mod identity;
pub mod log;
pub mod mastery;
pub mod problem;
pub mod program;
pub mod seed;
pub mod stage;
pub mod tenancy;
pub mod text;
pub mod time;

pub use problem::Problem;
pub use seed::Seed;
pub use stage::Stage;
pub use time::Timestamp;
