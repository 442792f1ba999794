//! `cairn new-log`.

use std::process::ExitCode;

use service::{SystemCtx, log};

use super::{CommandError, say};
use crate::{config::Config, start};

/// Leaves the public log, begins another, and prints its checkpoint.
pub(super) async fn run(config: &Config) -> Result<ExitCode, CommandError> {
    let ctx = SystemCtx::new(start::installation(config).await?);
    log::begin_anew(&ctx).await?;
    if let Some(log) = log::state(&ctx).await? {
        say(log.checkpoint.to_text().trim_end())?;
    }
    Ok(ExitCode::SUCCESS)
}
