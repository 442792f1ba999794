//! Files that are there whole or not at all.

use std::{io, path::Path};

use tempfile::NamedTempFile;

/// A file beside the place `path`, for its owner alone. It is gone unless it is
/// [`put`] there.
pub(super) fn begin(path: &Path) -> io::Result<NamedTempFile> {
    let folder = match path.parent() {
        Some(folder) if !folder.as_os_str().is_empty() => folder,
        _ => Path::new("."),
    };
    NamedTempFile::new_in(folder)
}

/// Gives a file its name, once all of it is on the disk. What has the name already
/// is not written over.
pub(super) fn put(file: NamedTempFile, path: &Path) -> io::Result<()> {
    file.as_file().sync_all()?;
    file.persist_noclobber(path)?;
    Ok(())
}

#[cfg(test)]
mod tests {
    use std::{fs, io::Write};

    use super::*;

    #[test]
    fn a_file_that_is_not_finished_leaves_nothing_behind() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("items.zip");
        let mut file = begin(&path).unwrap();
        file.write_all(b"half").unwrap();
        drop(file);
        assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 0);

        let mut file = begin(&path).unwrap();
        file.write_all(b"whole").unwrap();
        put(file, &path).unwrap();
        let again = put(begin(&path).unwrap(), &path).unwrap_err();
        assert_eq!(again.kind(), io::ErrorKind::AlreadyExists);
        assert_eq!(fs::read_to_string(&path).unwrap(), "whole");
        assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 1);
    }
}
