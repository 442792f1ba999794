//! `cairn replay`.

use std::process::ExitCode;

use domain::id::AwardId;
use service::{SystemCtx, mastery};

use super::{CommandError, say};
use crate::{config::Config, start};

pub(super) async fn run(config: &Config, award: AwardId) -> Result<ExitCode, CommandError> {
    let ctx = SystemCtx::new(start::installation(config).await?);
    let decisions = mastery::replay(&ctx, award).await?;
    let mut all_same = true;
    for replayed in &decisions {
        all_same &= replayed.is_same();
        say(&format!(
            "{}  {}",
            if replayed.is_same() { "same" } else { "DIFFERENT" },
            replayed.decision
        ))?;
        say(&replayed.again)?;
    }
    Ok(if all_same {
        ExitCode::SUCCESS
    } else {
        ExitCode::FAILURE
    })
}
