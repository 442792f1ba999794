//! The command line, as an operator types it.

#![expect(clippy::unwrap_used, reason = "a test that cannot be set up must fail")]

mod answer;
mod backup;
mod config;
mod data_folder;
mod exchange;
mod master_key;
mod tenant;
mod verify;

use std::{
    path::Path,
    process::{Command, Output},
};

/// Runs `cairn` with its data in this folder.
fn cairn(data: &Path, arguments: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_cairn"))
        .args(arguments)
        .env_clear()
        .env("CAIRN_DATA_DIR", data)
        .current_dir(data)
        .output()
        .unwrap()
}

/// What a command answers that succeeds.
fn succeeds(output: &Output) -> String {
    assert!(
        output.status.success(),
        "{}",
        String::from_utf8_lossy(&output.stderr)
    );
    String::from_utf8_lossy(&output.stdout).into_owned()
}
