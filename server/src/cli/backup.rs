//! `cairn backup` and `cairn restore`: one file with everything but the master
//! key, taken while the server goes on.
//!
//! Files never change once they are stored, so the database is copied first:
//! every file that the copy names is there when the folder's turn comes.
//!
//! What is restored may be older than what was made public: see [`start::RESTORED`].

use std::{
    ffi::OsStr,
    fs::{self, File, Metadata},
    io::{self, Read, Write},
    path::{Path, PathBuf},
    process::ExitCode,
};

use super::{CommandError, say, whole};
use crate::{config::Config, owner_only, start};

/// The copy of the database within the archive.
const DATABASE: &str = "cairn.sqlite";
/// The folder of files within the archive.
const FILES: &str = "files";

/// A backup cannot be made, or not be restored.
#[derive(Debug, thiserror::Error)]
pub(super) enum BackupError {
    #[error("the database is on another server: copy it with pg_dump")]
    NotSqlite,
    #[error("files are in an S3 bucket: copy that bucket, and the database with sqlite3's .backup")]
    FilesElsewhere,
    #[error("{0} is not there: nothing has been installed yet")]
    Nothing(String),
    #[error("{0} is there already: name a file that is not")]
    Exists(String),
    #[error("{0} has an installation in it already: restore into an empty folder")]
    InUse(String),
    #[error("this is no backup: it has no {DATABASE}")]
    NotABackup,
}

/// The database's files, where they and the others can be put into one archive.
fn database(config: &Config) -> Result<[PathBuf; 3], BackupError> {
    let files = config.database_files().ok_or(BackupError::NotSqlite)?;
    if config.s3_bucket.is_some() {
        return Err(BackupError::FilesElsewhere);
    }
    Ok(files)
}

pub(super) async fn run(config: &Config, to: &Path) -> Result<ExitCode, CommandError> {
    let [database, ..] = database(config)?;
    if !database.is_file() {
        return Err(BackupError::Nothing(database.display().to_string()).into());
    }
    if to.exists() {
        return Err(BackupError::Exists(to.display().to_string()).into());
    }
    let installation = start::installation(config).await?;
    // In the same folder, where there is room for the database once and may be again.
    let work = tempfile::tempdir_in(&config.data_dir)?;
    let copy = work.path().join(DATABASE);
    installation
        .db
        .copy_to(&copy)
        .await
        .map_err(service::Error::from)?;
    // Under its name when it is whole, and for its owner alone: password hashes
    // and sessions are in it.
    let mut archive = tar::Builder::new(whole::begin(to)?);
    archive.append_path_with_name(&copy, DATABASE)?;
    let files = config.data_dir.join(FILES);
    if files.is_dir() {
        append_folder(&mut archive, Path::new(FILES), &files)?;
    }
    whole::put(archive.into_inner()?, to).map_err(|cause| match cause.kind() {
        io::ErrorKind::AlreadyExists => BackupError::Exists(to.display().to_string()).into(),
        _ => CommandError::from(cause),
    })?;
    say(&format!(
        "{} has everything but the master key, which you keep elsewhere.",
        to.display()
    ))?;
    Ok(ExitCode::SUCCESS)
}

/// Puts what is stored in `folder` into the archive under `name`, while more is
/// being stored there.
fn append_folder<W: Write>(archive: &mut tar::Builder<W>, name: &Path, folder: &Path) -> io::Result<()> {
    for entry in fs::read_dir(folder)? {
        let entry = entry?;
        let (path, name) = (entry.path(), name.join(entry.file_name()));
        if is_on_its_way(&entry.file_name()) {
            continue;
        }
        let file = match File::open(&path) {
            Ok(file) => file,
            // Removed since, and therefore in no row that was copied.
            Err(cause) if cause.kind() == io::ErrorKind::NotFound => continue,
            Err(cause) => return Err(cause),
        };
        let found = file.metadata()?;
        if found.is_dir() {
            append_folder(archive, &name, &path)?;
        } else if found.is_file() {
            append_file(archive, &name, &file, &found)?;
        }
    }
    Ok(())
}

/// The store writes what it does not have all of yet beside its place, under the
/// same name with this sign and a number after it.
fn is_on_its_way(name: &OsStr) -> bool {
    name.as_encoded_bytes().contains(&b'#')
}

/// Exactly as many bytes as were `found`: their number stands in the archive before
/// them, and the next file after them.
fn append_file<W: Write>(
    archive: &mut tar::Builder<W>,
    name: &Path,
    file: &File,
    found: &Metadata,
) -> io::Result<()> {
    let mut header = tar::Header::new_gnu();
    header.set_metadata(found);
    let mut bytes = file.take(found.len());
    archive.append_data(&mut header, name, &mut bytes)?;
    if bytes.limit() == 0 {
        Ok(())
    } else {
        let said = format!("{} became shorter while it was read", name.display());
        Err(io::Error::new(io::ErrorKind::UnexpectedEof, said))
    }
}

pub(super) fn restore(config: &Config, from: &Path) -> Result<ExitCode, CommandError> {
    let folder = &config.data_dir;
    let database = database(config)?;
    if is_in_use(&database, &folder.join(FILES)) {
        return Err(BackupError::InUse(folder.display().to_string()).into());
    }
    owner_only::make_folder(folder)?;
    // Beside its place, so that it is there whole or not at all.
    let work = tempfile::tempdir_in(folder)?;
    for entry in tar::Archive::new(File::open(from)?).entries()? {
        // Never outside of the folder, whatever the archive says.
        entry?.unpack_in(work.path())?;
    }
    let restored = work.path().join(DATABASE);
    if !restored.is_file() {
        return Err(BackupError::NotABackup.into());
    }
    // The database may be kept on another disk. Until it is there too, nothing gets
    // its name, so that a restore which fails can be tried again.
    let [database, ..] = database;
    let mut copy = whole::begin(&database)?;
    io::copy(&mut File::open(restored)?, &mut copy)?;
    copy.as_file().sync_all()?;
    if work.path().join(FILES).is_dir() {
        // An empty folder may be there from an earlier start.
        let _ = fs::remove_dir(folder.join(FILES));
        fs::rename(work.path().join(FILES), folder.join(FILES))?;
    }
    // Before the database has its name: it must not be opened without this.
    File::create(folder.join(start::RESTORED))?.sync_all()?;
    whole::put(copy, &database)?;
    say(&format!(
        "Restored into {}. Put the master key back before you start the server.",
        folder.display()
    ))?;
    Ok(ExitCode::SUCCESS)
}

/// Is there an installation, or what a database left that was not closed?
fn is_in_use(database: &[PathBuf], files: &Path) -> bool {
    database.iter().any(|file| file.exists())
        || files.read_dir().is_ok_and(|mut inside| inside.next().is_some())
}

#[cfg(test)]
mod tests {
    use super::*;

    /// What an archive has: names and contents.
    fn entries(archive: tar::Builder<Vec<u8>>) -> Vec<(String, String)> {
        let bytes = archive.into_inner().unwrap();
        tar::Archive::new(bytes.as_slice())
            .entries()
            .unwrap()
            .map(|entry| {
                let mut entry = entry.unwrap();
                let name = entry.path().unwrap().display().to_string();
                let mut content = String::new();
                entry.read_to_string(&mut content).unwrap();
                (name, content)
            })
            .collect()
    }

    #[test]
    fn what_is_still_being_stored_is_left_out() {
        let folder = tempfile::tempdir().unwrap();
        let tenant = folder.path().join("tenant");
        fs::create_dir(&tenant).unwrap();
        fs::write(tenant.join("stone"), "whole").unwrap();
        fs::write(tenant.join("river#1"), "ha").unwrap();
        let mut archive = tar::Builder::new(Vec::new());
        append_folder(&mut archive, Path::new(FILES), folder.path()).unwrap();
        assert_eq!(
            entries(archive),
            [("files/tenant/stone".to_owned(), "whole".to_owned())]
        );
    }

    #[test]
    fn a_file_that_grows_meanwhile_does_not_run_into_the_next() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("file");
        fs::write(&path, "stone").unwrap();
        let found = fs::metadata(&path).unwrap();
        fs::write(&path, "stone upon stone").unwrap();
        let mut archive = tar::Builder::new(Vec::new());
        for name in ["first", "second"] {
            append_file(&mut archive, Path::new(name), &File::open(&path).unwrap(), &found).unwrap();
        }
        let all = ["first", "second"].map(|name| (name.to_owned(), "stone".to_owned()));
        assert_eq!(entries(archive), all);
    }

    #[test]
    fn a_file_that_shrinks_meanwhile_makes_no_backup() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("file");
        fs::write(&path, "stone").unwrap();
        let found = fs::metadata(&path).unwrap();
        fs::write(&path, "st").unwrap();
        let mut archive = tar::Builder::new(Vec::new());
        let name = Path::new("file");
        let failed = append_file(&mut archive, name, &File::open(&path).unwrap(), &found).unwrap_err();
        assert_eq!(failed.kind(), io::ErrorKind::UnexpectedEof);
    }
}
