//! What `cairn verify` answers to a script.

use std::fs;

use crate::cairn;

#[test]
fn a_script_can_tell_what_is_not_valid_from_what_could_not_be_checked() {
    let folder = tempfile::tempdir().unwrap();
    fs::write(folder.path().join("notes.txt"), "no badge").unwrap();
    fs::write(folder.path().join("empty.json"), "{}").unwrap();
    for (file, code) in [("notes.txt", 1), ("empty.json", 1), ("nowhere.json", 2)] {
        let answer = cairn(folder.path(), &["verify", file]);
        assert_eq!(answer.status.code(), Some(code), "{file}");
    }
    let missing = cairn(folder.path(), &["verify", "nowhere.json"]);
    let said = String::from_utf8_lossy(&missing.stderr).into_owned();
    assert!(said.contains("nowhere.json"), "{said}");
}
