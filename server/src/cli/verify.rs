//! `cairn verify`.

use std::{path::Path, process::ExitCode};

use domain::credential::{Outcome, Presented, Report};
use service::{SystemCtx, credential};

use super::{CommandError, complain, read_bytes, say};
use crate::{config::Config, start};

const NOT_VALID: u8 = 1;
/// Also when the file or the installation cannot be read.
pub(super) const NOT_CHECKED: u8 = 2;

/// Bytes of a file that are read: more than any badge has.
const LARGEST: u64 = (16 << 20) + 1;

pub(super) async fn run(config: &Config, file: &Path, json: bool) -> Result<ExitCode, CommandError> {
    let presented = match Presented::read(&read_bytes(file, LARGEST)?) {
        Ok(presented) => presented,
        // It was read, and it is no badge.
        Err(cause) => {
            complain(&cause);
            return Ok(ExitCode::from(NOT_VALID));
        }
    };
    let ctx = SystemCtx::new(start::installation(config).await?);
    let report = credential::verify(&ctx, presented).await?;
    say(&if json {
        serde_json::to_string_pretty(&report)?
    } else {
        in_words(&report)?
    });
    Ok(ExitCode::from(match report.outcome {
        Outcome::Valid => 0,
        Outcome::Invalid => NOT_VALID,
        Outcome::Unchecked => NOT_CHECKED,
    }))
}

fn in_words(report: &Report) -> Result<String, serde_json::Error> {
    let mut lines = vec![word(&report.outcome)?];
    for check in &report.checks {
        lines.push(format!(
            "  {:<10} {:<10} {}",
            word(&check.name)?,
            word(&check.outcome)?,
            check.detail
        ));
    }
    for proof in &report.proofs {
        lines.push(format!(
            "  {:<10} {:<10} {}: {}",
            if proof.by_issuer { "issuer's" } else { "other's" },
            word(&proof.outcome)?,
            proof.kind,
            proof.detail
        ));
    }
    // What a stranger wrote must not steer the terminal.
    let lines = lines.iter().map(|line| line.replace(char::is_control, " "));
    Ok(lines.collect::<Vec<_>>().join("\n"))
}

/// A name as JSON has it.
fn word<T: serde::Serialize>(name: &T) -> Result<String, serde_json::Error> {
    Ok(serde_json::to_string(name)?.trim_matches('"').to_owned())
}
