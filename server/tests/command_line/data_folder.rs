//! The data folder of somebody who does not keep it to themselves.

use std::{
    fs::{self, Permissions},
    os::unix::fs::PermissionsExt,
};

use crate::{cairn, succeeds};

#[test]
fn what_is_in_an_open_folder_is_readable_by_its_owner_alone() {
    let folder = tempfile::tempdir().unwrap();
    let (data, backup) = (folder.path().join("data"), folder.path().join("backup.tar"));
    // As an earlier version left them.
    for path in [&data, &data.join("mail"), &data.join("files")] {
        fs::create_dir(path).unwrap();
        fs::set_permissions(path, Permissions::from_mode(0o755)).unwrap();
    }
    fs::write(data.join("cairn.sqlite"), "").unwrap();
    fs::set_permissions(data.join("cairn.sqlite"), Permissions::from_mode(0o644)).unwrap();

    succeeds(&cairn(&data, &["backup", backup.to_str().unwrap()]));
    let mut seen = Vec::new();
    for entry in fs::read_dir(&data).unwrap() {
        let entry = entry.unwrap();
        let mode = entry.metadata().unwrap().permissions().mode();
        assert_eq!(mode & 0o077, 0, "{entry:?}");
        seen.push(entry.file_name());
    }
    for name in ["cairn.sqlite", "files", "mail", "master.key"] {
        assert!(seen.iter().any(|there| there == name), "{name}: {seen:?}");
    }
}
