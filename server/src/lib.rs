//! The binary `cairn`: configuration, HTTP, workers, mail and the command line
//! put around the pages and the use cases. Composition only: no rule and no
//! query stands here.

mod any_origin;
mod api;
mod assets;
pub mod bench;
pub mod cli;
pub mod config;
pub mod demo;
mod held;
pub mod http;
mod limits;
mod mailer;
mod master_key;
mod metrics;
mod oid4vci;
mod origin;
mod outside;
mod owner_only;
mod sessions;
mod start;
mod vc_api;
mod workers;

pub use start::{StartError, installation};
