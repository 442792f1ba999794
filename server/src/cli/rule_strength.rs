//! `cairn rule-strength`.

use std::{path::Path, process::ExitCode};

use domain::mastery::{ACCURACIES, Rule, strength};

use super::{CommandError, complain_of, read, say};

pub(super) fn run(file: &Path, json: bool) -> Result<ExitCode, CommandError> {
    let rule: Rule = serde_json::from_str(&read(file)?)?;
    let strength = match strength(&rule, ACCURACIES) {
        Ok(strength) => strength,
        Err(problems) => {
            for problem in problems {
                complain_of(&format!("{}: {}", problem.path, problem.code));
            }
            return Ok(ExitCode::FAILURE);
        }
    };
    if json {
        say(&serde_json::to_string_pretty(&strength)?)?;
    } else if strength.passing.is_empty() {
        say(&strength.method.to_string())?;
    } else {
        for passing in &strength.passing {
            say(&format!(
                "{:.2}  {:6.2} %",
                passing.accuracy,
                100.0 * passing.passes
            ))?;
        }
    }
    Ok(ExitCode::SUCCESS)
}
