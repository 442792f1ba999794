//! What is for its owner alone: answers, password hashes, sessions, and mails with
//! links that let in whoever has them. The data folder itself may have been made by
//! others, and be open.

use std::{
    fs::{self, DirBuilder, Permissions},
    io,
    os::unix::fs::{DirBuilderExt, PermissionsExt},
    path::Path,
};

/// Makes a folder, with those around it, for its owner alone. One that is there
/// stays as it is.
pub(crate) fn make_folder(path: &Path) -> io::Result<()> {
    DirBuilder::new().recursive(true).mode(0o700).create(path)
}

/// Closes a file or folder to everybody else, if it is there.
pub(crate) fn close(path: &Path) -> io::Result<()> {
    let closed = fs::metadata(path).and_then(|found| {
        let mode = found.permissions().mode();
        if mode.trailing_zeros() >= 6 {
            return Ok(());
        }
        fs::set_permissions(path, Permissions::from_mode(mode & 0o700)).map_err(|cause| {
            let said = format!(
                "other users may read it, and that cannot be changed ({cause}): \
                 make it readable by its owner alone (chmod go-rwx)"
            );
            io::Error::new(cause.kind(), said)
        })
    });
    match closed {
        Err(cause) if cause.kind() == io::ErrorKind::NotFound => Ok(()),
        closed => closed,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn mode(path: &Path) -> u32 {
        fs::metadata(path).unwrap().permissions().mode() & 0o777
    }

    #[test]
    fn folders_are_made_for_their_owner_and_those_that_are_there_stay() {
        let folder = tempfile::tempdir().unwrap();
        fs::set_permissions(folder.path(), Permissions::from_mode(0o755)).unwrap();
        let inner = folder.path().join("data/mail");
        make_folder(&inner).unwrap();
        assert_eq!((mode(&inner), mode(inner.parent().unwrap())), (0o700, 0o700));
        make_folder(folder.path()).unwrap();
        assert_eq!(mode(folder.path()), 0o755);
    }

    #[test]
    fn what_was_open_is_closed_and_what_is_not_there_is_no_fault() {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("file");
        close(&file).unwrap();
        fs::write(&file, "").unwrap();
        fs::set_permissions(&file, Permissions::from_mode(0o644)).unwrap();
        close(&file).unwrap();
        assert_eq!(mode(&file), 0o600);
    }
}
