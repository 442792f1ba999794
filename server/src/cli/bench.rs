//! `cairn bench`.

use std::{process::ExitCode, time::Duration};

use super::{CommandError, say};
use crate::bench::{self, Bench};

pub(super) async fn run(
    what: Bench,
    seconds: u64,
    database_url: Option<String>,
    json: bool,
) -> Result<ExitCode, CommandError> {
    let folder = tempfile::tempdir()?;
    let time = Duration::from_secs(seconds);
    let figures = bench::run(what, time, folder.path().to_owned(), database_url).await?;
    let figures = serde_json::to_value(&figures)?;
    say(&if json {
        serde_json::to_string_pretty(&figures)?
    } else {
        in_words(&figures, "").join("\n")
    })?;
    Ok(ExitCode::SUCCESS)
}

/// A line for each figure.
fn in_words(figures: &serde_json::Value, within: &str) -> Vec<String> {
    match figures {
        serde_json::Value::Object(members) => members
            .iter()
            .flat_map(|(name, figure)| in_words(figure, &format!("{within} {}", name.replace('_', " "))))
            .collect(),
        serde_json::Value::Array(several) => (1..)
            .zip(several)
            .flat_map(|(number, figure): (usize, _)| in_words(figure, &format!("{within} {number}")))
            .collect(),
        figure => vec![format!("{:<60}{figure}", within.trim_start())],
    }
}
