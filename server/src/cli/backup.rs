//! `cairn backup` and `cairn restore`: one file with everything but the master
//! key, taken while the server goes on.
//!
//! Files never change once they are stored, so the database is copied first:
//! every file that the copy names is there when the folder's turn comes.

use std::{
    fs::{self, File},
    io,
    path::Path,
    process::ExitCode,
};

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
    #[error("{0} is there already: name a file that is not")]
    Exists(String),
    #[error("{0} has an installation in it already: restore into an empty folder")]
    InUse(String),
    #[error("this is no backup: it has no {DATABASE}")]
    NotABackup,
}

pub(super) async fn run(config: &Config, to: &Path) -> Result<ExitCode, CommandError> {
    if !config.database_url().starts_with("sqlite:") {
        return Err(BackupError::NotSqlite.into());
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
    let archive = File::create_new(to).map_err(|cause| match cause.kind() {
        io::ErrorKind::AlreadyExists => BackupError::Exists(to.display().to_string()).into(),
        _ => CommandError::from(cause),
    })?;
    let mut archive = tar::Builder::new(archive);
    archive.append_path_with_name(&copy, DATABASE)?;
    let files = config.data_dir.join(FILES);
    if files.is_dir() {
        archive.append_dir_all(FILES, files)?;
    }
    archive.into_inner()?.sync_all()?;
    say(&format!(
        "{} has everything but the master key, which you keep elsewhere.",
        to.display()
    ));
    Ok(ExitCode::SUCCESS)
}

pub(super) fn restore(config: &Config, from: &Path) -> Result<ExitCode, CommandError> {
    let folder = &config.data_dir;
    if folder.join(DATABASE).exists()
        || folder
            .join(FILES)
            .read_dir()
            .is_ok_and(|mut inside| inside.next().is_some())
    {
        return Err(BackupError::InUse(folder.display().to_string()).into());
    }
    fs::create_dir_all(folder)?;
    // Beside its place, so that it is there whole or not at all.
    let work = tempfile::tempdir_in(folder)?;
    for entry in tar::Archive::new(File::open(from)?).entries()? {
        // Never outside of the folder, whatever the archive says.
        entry?.unpack_in(work.path())?;
    }
    let database = work.path().join(DATABASE);
    if !database.is_file() {
        return Err(BackupError::NotABackup.into());
    }
    if work.path().join(FILES).is_dir() {
        // An empty folder may be there from an earlier start.
        let _ = fs::remove_dir(folder.join(FILES));
        fs::rename(work.path().join(FILES), folder.join(FILES))?;
    }
    fs::rename(database, folder.join(DATABASE))?;
    say(&format!(
        "Restored into {}. Put the master key back before you start the server.",
        folder.display()
    ));
    Ok(ExitCode::SUCCESS)
}
