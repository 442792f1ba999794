//! `cairn backup` and `cairn restore`: one file with everything but the master
//! key, taken while the server goes on.
//!
//! Files never change once they are stored, so the database is copied first:
//! every file that the copy names is there when the folder's turn comes.

use std::{
    fs::{self, DirBuilder, File},
    io,
    os::unix::fs::DirBuilderExt,
    path::{Path, PathBuf},
    process::ExitCode,
};

use tempfile::NamedTempFile;

use super::{CommandError, say};
use crate::{config::Config, start};

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

/// The database's file, where it and the files can be put into one archive.
fn database(config: &Config) -> Result<PathBuf, BackupError> {
    let url = config.database_url();
    let path = url
        .strip_prefix("sqlite:")
        .ok_or(BackupError::NotSqlite)?
        .trim_start_matches("//");
    if config.s3_bucket.is_some() {
        return Err(BackupError::FilesElsewhere);
    }
    Ok(PathBuf::from(path.split('?').next().unwrap_or(path)))
}

pub(super) async fn run(config: &Config, to: &Path) -> Result<ExitCode, CommandError> {
    let database = database(config)?;
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
    let folder = match to.parent() {
        Some(folder) if !folder.as_os_str().is_empty() => folder,
        _ => Path::new("."),
    };
    let mut archive = tar::Builder::new(NamedTempFile::new_in(folder)?);
    archive.append_path_with_name(&copy, DATABASE)?;
    let files = config.data_dir.join(FILES);
    if files.is_dir() {
        archive.append_dir_all(FILES, files)?;
    }
    let archive = archive.into_inner()?;
    archive.as_file().sync_all()?;
    archive
        .persist_noclobber(to)
        .map_err(|cause| match cause.error.kind() {
            io::ErrorKind::AlreadyExists => BackupError::Exists(to.display().to_string()).into(),
            _ => CommandError::from(cause.error),
        })?;
    say(&format!(
        "{} has everything but the master key, which you keep elsewhere.",
        to.display()
    ));
    Ok(ExitCode::SUCCESS)
}

pub(super) fn restore(config: &Config, from: &Path) -> Result<ExitCode, CommandError> {
    let folder = &config.data_dir;
    let database = database(config)?;
    if is_in_use(&database, &folder.join(FILES)) {
        return Err(BackupError::InUse(folder.display().to_string()).into());
    }
    DirBuilder::new().recursive(true).mode(0o700).create(folder)?;
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
    if work.path().join(FILES).is_dir() {
        // An empty folder may be there from an earlier start.
        let _ = fs::remove_dir(folder.join(FILES));
        fs::rename(work.path().join(FILES), folder.join(FILES))?;
    }
    // The database may be kept on another disk.
    let beside = beside(&database, "-restoring");
    fs::copy(restored, &beside)?;
    File::open(&beside)?.sync_all()?;
    fs::rename(beside, database)?;
    say(&format!(
        "Restored into {}. Put the master key back before you start the server.",
        folder.display()
    ));
    Ok(ExitCode::SUCCESS)
}

/// Is there an installation, or what a database left that was not closed?
fn is_in_use(database: &Path, files: &Path) -> bool {
    ["", "-wal", "-shm"]
        .iter()
        .any(|ending| beside(database, ending).exists())
        || files.read_dir().is_ok_and(|mut inside| inside.next().is_some())
}

fn beside(path: &Path, ending: &str) -> PathBuf {
    let mut name = path.as_os_str().to_owned();
    name.push(ending);
    PathBuf::from(name)
}
