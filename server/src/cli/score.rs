//! `cairn score`.

use std::{path::Path, process::ExitCode};

use domain::{
    Seed,
    assessment::{Reason, Response, qti, score},
};
use serde_json::json;

use super::{CommandError, complain, complain_of, read, read_bytes, say};

const NOT_TAKEN: u8 = 1;
/// A file that cannot be read.
pub(super) const NOT_SCORED: u8 = 2;

/// Bytes of an item that are read: one more than any has.
const LARGEST: u64 = (2 << 20) + 1;

pub(super) fn run(item: &Path, responses: &Path, json: bool) -> Result<ExitCode, CommandError> {
    let import = match qti::read(&read_bytes(item, LARGEST)?, &mut |name| Some(name.to_owned())) {
        Ok(import) => import,
        Err(refusal) => {
            complain(&refusal);
            return Ok(ExitCode::from(NOT_TAKEN));
        }
    };
    let response: Response = match serde_json::from_str(&read(responses)?) {
        Ok(response) => response,
        Err(cause) => {
            complain(&cause);
            return Ok(ExitCode::from(NOT_TAKEN));
        }
    };
    // Of a template, the first item that it makes.
    let item = match import.item.variant(Seed(1)) {
        Ok(item) => item,
        Err(fault) => {
            complain(&fault);
            return Ok(ExitCode::from(NOT_TAKEN));
        }
    };
    let scored = score(&item, &response);
    if let Some(unknown) = response
        .values
        .keys()
        .find(|name| import.item.declaration(name).is_none())
    {
        complain_of(&format!("{unknown}: the item has no such response"));
        return Ok(ExitCode::from(NOT_TAKEN));
    }
    if json {
        let all = json!({ "identifier": import.identifier, "score": scored, "changes": import.changes });
        say(&serde_json::to_string_pretty(&all)?)?;
        return Ok(ExitCode::SUCCESS);
    }
    say(&format!("{} of {} points", scored.points, scored.max))?;
    for reason in &scored.reasons {
        say(&format!("  {}", in_words(reason)))?;
    }
    for one in &scored.responses {
        say(&format!("  {}  {} of {}", one.response, one.points, one.max))?;
        for reason in &one.reasons {
            say(&format!("    {}", in_words(reason)))?;
        }
    }
    for change in &import.changes {
        let (line, element) = (change.place.line, &change.place.element);
        complain_of(&format!("line {line}, {element}: {}", change.code));
    }
    Ok(ExitCode::SUCCESS)
}

fn in_words(reason: &Reason) -> String {
    let named = reason.args.iter().map(|(name, value)| format!(" {name}={value}"));
    let text = format!("{}{}", reason.code, named.collect::<String>());
    // What a stranger wrote must not steer the terminal.
    text.replace(char::is_control, " ")
}
