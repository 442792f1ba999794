//! A backup that is restored is the same installation.

use std::{fs, os::unix::fs::PermissionsExt, path::Path, process::Command};

use crate::{cairn, succeeds};

#[test]
fn a_restored_backup_has_everything_but_the_master_key() {
    let (here, there) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
    let loaded = succeeds(&cairn(here.path(), &["demo", "--json"]));
    let file = there.path().join("backup.tar");
    let name = file.to_str().unwrap();
    succeeds(&cairn(here.path(), &["backup", name]));

    let mode = fs::metadata(&file).unwrap().permissions().mode();
    assert_eq!(mode & 0o077, 0, "password hashes are for nobody else to read");
    let again = cairn(here.path(), &["backup", name]);
    assert!(!again.status.success(), "an earlier backup is not written over");

    let data = there.path().join("data");
    fs::create_dir(&data).unwrap();
    succeeds(&cairn(&data, &["restore", name]));
    assert!(!data.join("master.key").exists());
    let restored = data.join("restored");
    assert!(restored.exists(), "it is not yet known to be a copy");
    fs::copy(here.path().join("master.key"), data.join("master.key")).unwrap();
    assert_eq!(succeeds(&cairn(&data, &["demo", "--json"])), loaded);
    assert_eq!(pictures(&data), pictures(here.path()));
    assert!(!restored.exists(), "its public log is left once");

    let over = cairn(&data, &["restore", name]);
    assert!(!over.status.success(), "an installation is not written over");
}

#[test]
fn what_is_no_backup_leaves_nothing_behind() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("notes.tar");
    let mut archive = tar::Builder::new(fs::File::create(&file).unwrap());
    let mut header = tar::Header::new_gnu();
    header.set_size(2);
    header.set_cksum();
    archive.append_data(&mut header, "notes.txt", &b"hi"[..]).unwrap();
    archive.finish().unwrap();

    let data = folder.path().join("data");
    fs::create_dir(&data).unwrap();
    let refused = cairn(&data, &["restore", file.to_str().unwrap()]);
    assert!(!refused.status.success());
    assert_eq!(fs::read_dir(&data).unwrap().count(), 0);
}

#[test]
fn a_restore_that_failed_can_be_tried_again() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("backup.tar");
    let mut archive = tar::Builder::new(fs::File::create(&file).unwrap());
    for (name, content) in [("cairn.sqlite", "rows"), ("files/tenant/stone", "picture")] {
        let mut header = tar::Header::new_gnu();
        header.set_size(content.len() as u64);
        header.set_mode(0o644);
        archive
            .append_data(&mut header, name, content.as_bytes())
            .unwrap();
    }
    archive.finish().unwrap();

    let (data, other) = (folder.path().join("data"), folder.path().join("other"));
    let database = other.join("cairn.sqlite");
    let restore = || {
        Command::new(env!("CARGO_BIN_EXE_cairn"))
            .args(["restore", file.to_str().unwrap()])
            .env_clear()
            .env("CAIRN_DATA_DIR", &data)
            .env("CAIRN_DATABASE_URL", format!("sqlite://{}", database.display()))
            .current_dir(folder.path())
            .output()
            .unwrap()
    };
    assert!(!restore().status.success(), "there is no such folder yet");
    assert!(!data.join("files").exists());
    fs::create_dir(&other).unwrap();
    succeeds(&restore());
    assert_eq!(fs::read_to_string(&database).unwrap(), "rows");
    let picture = data.join("files/tenant/stone");
    assert_eq!(fs::read_to_string(picture).unwrap(), "picture");
    assert_eq!(fs::read_dir(&other).unwrap().count(), 1);
}

/// How many files are stored, and their sizes.
fn pictures(data: &Path) -> Vec<u64> {
    let mut sizes: Vec<u64> = fs::read_dir(data.join("files"))
        .unwrap()
        .flat_map(|tenant| fs::read_dir(tenant.unwrap().path()).unwrap())
        .map(|file| file.unwrap().metadata().unwrap().len())
        .collect();
    sizes.sort_unstable();
    assert!(!sizes.is_empty());
    sizes
}
