//! `cairn rotate-key`.

use std::process::ExitCode;

use service::credential::{did_document, rotate_key};

use super::{CommandError, actor::Actor, say};
use crate::config::Config;

/// Changes the key, and prints the DID document that from now on says so.
pub(super) async fn run(config: &Config, actor: &Actor) -> Result<ExitCode, CommandError> {
    let ctx = actor.enter(config).await?;
    rotate_key(&ctx).await?;
    say(&serde_json::to_string_pretty(&did_document(&ctx).await?)?)?;
    Ok(ExitCode::SUCCESS)
}
