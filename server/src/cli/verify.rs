//! `cairn verify`.

use std::{io, path::Path, process::ExitCode};

use domain::{
    credential::{Evidence, Finding, Outcome, Presented, Report, json},
    log::VerifierKey,
};
use serde_json::Value;
use service::{Clock, SystemClock, SystemCtx, credential, log};

use super::{CommandError, complain, read_bytes, say, unreadable};
use crate::{config::Config, start};

const NOT_VALID: u8 = 1;
/// Also when the file or the installation cannot be read.
pub(super) const NOT_CHECKED: u8 = 2;

/// Bytes of a file that are read: more than any badge has.
const LARGEST: u64 = (16 << 20) + 1;

/// What a badge is checked against beside what it names itself.
pub(super) struct With<'a> {
    /// The issuer's keys, from a file and instead of the network.
    pub(super) did: Option<&'a Path>,
    /// The key of a public log.
    pub(super) log: Option<&'a VerifierKey>,
}

pub(super) async fn run(
    config: &Config,
    file: &Path,
    with: With<'_>,
    json: bool,
) -> Result<ExitCode, CommandError> {
    let presented = match credential::presented(read_bytes(file, LARGEST)?).await {
        Ok(presented) => presented,
        // It was read, and it is no badge.
        Err(cause) if json => {
            say(&serde_json::to_string_pretty(&Report::of_none(&cause))?)?;
            return Ok(ExitCode::from(NOT_VALID));
        }
        Err(cause) => {
            complain(&cause);
            return Ok(ExitCode::from(NOT_VALID));
        }
    };
    let report = match with.did {
        Some(did) => offline(&presented, did)?,
        None => {
            let ctx = SystemCtx::new(start::installation(config).await?);
            let report = credential::verify(&ctx, presented.clone()).await?;
            match with.log {
                Some(key) => log::check(&ctx, &presented, key, report).await?,
                None => report,
            }
        }
    };
    say(&if json {
        serde_json::to_string_pretty(&report)?
    } else {
        in_words(&report)?
    })?;
    Ok(ExitCode::from(match report.outcome {
        Outcome::Valid => 0,
        Outcome::Invalid => NOT_VALID,
        Outcome::Unchecked => NOT_CHECKED,
    }))
}

/// Checks what was `presented` with the issuer's keys from the file `did` and
/// nothing else.
fn offline(presented: &Presented, did: &Path) -> Result<Report, CommandError> {
    let bytes = read_bytes(did, LARGEST)?;
    let text = str::from_utf8(&bytes).map_err(|cause| unreadable(did, io::Error::other(cause)))?;
    let document: Value = json::parse(text).map_err(|cause| unreadable(did, io::Error::other(cause)))?;
    // Whether it is the document that is asked for stands in it.
    let asked = presented.needs().issuer_documents;
    Ok(presented.verify(&Evidence {
        now: SystemClock.now(),
        fetched: asked.into_iter().map(|url| (url, document.clone())).collect(),
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
    if let Some(standing) = &report.standing
        && let Some(halt) = standing.halt()
    {
        let state = if standing.is_revoked() {
            "revoked"
        } else {
            "suspended"
        };
        lines.push(format!("  {state} since {}: {}", halt.since, halt.reason));
    }
    let unseen = report
        .checks
        .iter()
        .any(|check| check.finding == Finding::StatusUnavailable);
    if unseen && report.outcome != Outcome::Invalid {
        lines.push("Whether it was revoked since could not be seen: that takes a network.".to_owned());
    }
    // What a stranger wrote must not steer the terminal.
    let lines = lines.iter().map(|line| line.replace(char::is_control, " "));
    Ok(lines.collect::<Vec<_>>().join("\n"))
}

/// A name as JSON has it.
fn word<T: serde::Serialize>(name: &T) -> Result<String, serde_json::Error> {
    Ok(serde_json::to_string(name)?.trim_matches('"').to_owned())
}
