//! A database and the master key that belongs to it.

use std::{fs, os::unix::fs::PermissionsExt};

use crate::{cairn, succeeds};

#[test]
fn without_the_key_that_a_database_began_with_nothing_starts() {
    let folder = tempfile::tempdir().unwrap();
    let data = folder.path();
    let key = data.join("master.key");
    // An empty file is an empty database.
    fs::write(data.join("cairn.sqlite"), "").unwrap();
    succeeds(&cairn(data, &["backup", "first.tar"]));
    let own = fs::read(&key).unwrap();
    let refusal = || {
        let refused = cairn(data, &["backup", "second.tar"]);
        assert!(!refused.status.success());
        String::from_utf8_lossy(&refused.stderr).into_owned()
    };

    fs::remove_file(&key).unwrap();
    let said = refusal();
    assert!(
        said.contains("master.key") && said.contains("Put it back"),
        "{said}"
    );
    assert!(!key.exists(), "a new one would hide that the old one is missed");

    fs::write(&key, "7".repeat(64)).unwrap();
    fs::set_permissions(&key, fs::Permissions::from_mode(0o600)).unwrap();
    let said = refusal();
    assert!(said.contains("does not open under this master key"), "{said}");

    fs::write(&key, own).unwrap();
    succeeds(&cairn(data, &["backup", "second.tar"]));
}
