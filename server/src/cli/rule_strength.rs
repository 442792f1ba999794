//! `cairn rule-strength`.

use std::{path::Path, process::ExitCode};

use domain::mastery::{Rule, strength};

use super::{CommandError, complain_of, read, say};

/// The true accuracies for which the figures are given.
const ACCURACIES: [f64; 10] = [0.5, 0.55, 0.6, 0.65, 0.7, 0.75, 0.8, 0.85, 0.9, 0.95];

pub(super) fn run(file: &Path, json: bool) -> Result<ExitCode, CommandError> {
    let rule: Rule = serde_json::from_str(&read(file)?)?;
    let strength = match strength(&rule, &ACCURACIES) {
        Ok(strength) => strength,
        Err(problems) => {
            for problem in problems {
                complain_of(&format!("{}: {}", problem.path, problem.code));
            }
            return Ok(ExitCode::FAILURE);
        }
    };
    if json {
        say(&serde_json::to_string_pretty(&strength)?);
    } else {
        for passing in &strength.passing {
            say(&format!(
                "{:.2}  {:6.2} %",
                passing.accuracy,
                100.0 * passing.passes
            ));
        }
    }
    Ok(ExitCode::SUCCESS)
}
