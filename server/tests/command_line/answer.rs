//! Where a command's answer goes.

use std::{
    fs::File,
    io,
    process::{Command, Output, Stdio},
};

/// `cairn config`, answering there.
fn config(to: impl Into<Stdio>) -> Output {
    let folder = tempfile::tempdir().unwrap();
    Command::new(env!("CARGO_BIN_EXE_cairn"))
        .arg("config")
        .env_clear()
        .current_dir(folder.path())
        .stdout(to)
        .stderr(Stdio::piped())
        .spawn()
        .unwrap()
        .wait_with_output()
        .unwrap()
}

#[test]
fn a_reader_who_has_gone_is_no_fault() {
    let (reader, writer) = io::pipe().unwrap();
    drop(reader);
    let answer = config(writer);
    let said = String::from_utf8_lossy(&answer.stderr).into_owned();
    assert!(answer.status.success() && said.is_empty(), "{said}");
}

#[test]
fn an_answer_that_cannot_be_written_is_a_fault_and_no_panic() {
    let full = File::options().write(true).open("/dev/full").unwrap();
    let answer = config(full);
    let said = String::from_utf8_lossy(&answer.stderr).into_owned();
    assert_eq!(answer.status.code(), Some(1), "{said}");
    assert!(said.starts_with("cairn: "), "{said}");
}
