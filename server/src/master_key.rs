//! The master key: from the environment, or from a file made at the first start.

use std::{
    fs, io,
    io::Write,
    os::unix::fs::{OpenOptionsExt, PermissionsExt},
    path::{Path, PathBuf},
};

use service::{Chance, MasterKey, OsChance, VaultError};
use zeroize::Zeroizing;

use crate::config::Config;

/// The master key cannot be had.
#[derive(Debug, thiserror::Error)]
pub enum MasterKeyError {
    /// The file cannot be read or made.
    #[error("master key {path}: {cause}")]
    File {
        /// Which file.
        path: String,
        /// Why.
        cause: io::Error,
    },
    /// Others may read the file.
    #[error("master key {0}: other users may read it; make it readable by its owner alone (chmod 600)")]
    Open(String),
    /// It is gone, and the database needs it.
    #[error(
        "master key {0}: it is not there, and a new one would not open what is sealed in the database. \
         Put it back, or set CAIRN_MASTER_KEY_FILE or CAIRN_MASTER_KEY; servers that share a database share it"
    )]
    Missing(String),
    /// The database belongs to another one.
    #[error(
        "what is sealed in the database does not open under this master key. Put the one back that the \
         database began with; servers that share a database share it"
    )]
    Another,
    /// It is not 64 hexadecimal digits.
    #[error("the master key must be 64 hexadecimal digits")]
    NotHex,
    /// It is not 32 bytes.
    #[error(transparent)]
    Vault(#[from] VaultError),
}

/// Where it is kept, unless the configuration holds it itself.
pub(crate) fn path(config: &Config) -> PathBuf {
    config
        .master_key_file
        .clone()
        .unwrap_or_else(|| config.data_dir.join("master.key"))
}

/// The master key, if there is one.
pub(crate) fn load(config: &Config) -> Result<Option<MasterKey>, MasterKeyError> {
    if let Some(key) = &config.master_key {
        return parse(key.reveal()).map(Some);
    }
    let path = path(config);
    if !path.exists() {
        return Ok(None);
    }
    let mode = fs::metadata(&path).map_err(failed(&path))?.permissions().mode();
    if mode & 0o077 != 0 {
        return Err(MasterKeyError::Open(path.display().to_string()));
    }
    let text = Zeroizing::new(fs::read_to_string(&path).map_err(failed(&path))?);
    parse(&text).map(Some)
}

/// Makes a master key, for a database in which nothing is sealed yet.
pub(crate) fn make(config: &Config) -> Result<MasterKey, MasterKeyError> {
    let path = path(config);
    let bytes = Zeroizing::new((&OsChance as &dyn Chance).bytes::<32>());
    let digits: Zeroizing<String> = Zeroizing::new(bytes.iter().map(|byte| format!("{byte:02x}")).collect());
    write(&path, &digits).map_err(failed(&path))?;
    tracing::info!(path = %path.display(), "made a master key; keep a copy of it apart from the database's");
    parse(&digits)
}

fn failed(path: &Path) -> impl FnOnce(io::Error) -> MasterKeyError {
    move |cause| MasterKeyError::File {
        path: path.display().to_string(),
        cause,
    }
}

fn write(path: &Path, digits: &str) -> io::Result<()> {
    let mut file = fs::OpenOptions::new()
        .write(true)
        .create_new(true)
        .mode(0o600)
        .open(path)?;
    writeln!(file, "{digits}")?;
    file.sync_all()
}

fn parse(text: &str) -> Result<MasterKey, MasterKeyError> {
    let text = text.trim();
    if text.len() != 64 || !text.is_ascii() {
        return Err(MasterKeyError::NotHex);
    }
    let mut bytes = [0; 32];
    for (place, byte) in bytes.iter_mut().enumerate() {
        *byte =
            u8::from_str_radix(&text[place * 2..place * 2 + 2], 16).map_err(|_| MasterKeyError::NotHex)?;
    }
    Ok(MasterKey::new(&mut bytes)?)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_first_start_makes_a_key_that_only_its_owner_reads() {
        let folder = tempfile::tempdir().unwrap();
        let config = Config {
            data_dir: folder.path().to_owned(),
            ..Config::default()
        };
        assert!(load(&config).unwrap().is_none());
        make(&config).unwrap();
        let path = folder.path().join("master.key");
        assert_eq!(fs::metadata(&path).unwrap().permissions().mode() & 0o777, 0o600);
        assert!(load(&config).unwrap().is_some());
        assert!(make(&config).is_err(), "a key is not written over");
    }

    #[test]
    fn a_key_that_others_may_read_is_refused() {
        let folder = tempfile::tempdir().unwrap();
        let config = Config {
            data_dir: folder.path().to_owned(),
            ..Config::default()
        };
        make(&config).unwrap();
        fs::set_permissions(
            folder.path().join("master.key"),
            fs::Permissions::from_mode(0o644),
        )
        .unwrap();
        assert!(matches!(load(&config), Err(MasterKeyError::Open(_))));
    }
}
