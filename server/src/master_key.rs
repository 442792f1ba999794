//! The master key: from the environment, or from a file made at the first start.

use std::{
    fs, io,
    io::Write,
    os::unix::fs::{OpenOptionsExt, PermissionsExt},
    path::Path,
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
    /// It is not 64 hexadecimal digits.
    #[error("the master key must be 64 hexadecimal digits")]
    NotHex,
    /// It is not 32 bytes.
    #[error(transparent)]
    Vault(#[from] VaultError),
}

pub(crate) fn load(config: &Config) -> Result<MasterKey, MasterKeyError> {
    if let Some(key) = &config.master_key {
        return parse(key.reveal());
    }
    let path = config
        .master_key_file
        .clone()
        .unwrap_or_else(|| config.data_dir.join("master.key"));
    let failed = |cause| MasterKeyError::File {
        path: path.display().to_string(),
        cause,
    };
    if !path.exists() {
        make(&path).map_err(failed)?;
        tracing::info!(path = %path.display(), "made a master key; keep a copy of it apart from the database's");
    }
    let mode = fs::metadata(&path).map_err(failed)?.permissions().mode();
    if mode & 0o077 != 0 {
        return Err(MasterKeyError::Open(path.display().to_string()));
    }
    parse(&Zeroizing::new(fs::read_to_string(&path).map_err(failed)?))
}

fn make(path: &Path) -> io::Result<()> {
    let bytes = Zeroizing::new((&OsChance as &dyn Chance).bytes::<32>());
    let digits: Zeroizing<String> = Zeroizing::new(bytes.iter().map(|byte| format!("{byte:02x}")).collect());
    let mut file = fs::OpenOptions::new()
        .write(true)
        .create_new(true)
        .mode(0o600)
        .open(path)?;
    writeln!(file, "{}", *digits)?;
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
        load(&config).unwrap();
        let path = folder.path().join("master.key");
        assert_eq!(fs::metadata(&path).unwrap().permissions().mode() & 0o777, 0o600);
        let first = fs::read_to_string(&path).unwrap();
        load(&config).unwrap();
        assert_eq!(fs::read_to_string(&path).unwrap(), first);
    }

    #[test]
    fn a_key_that_others_may_read_is_refused() {
        let folder = tempfile::tempdir().unwrap();
        let config = Config {
            data_dir: folder.path().to_owned(),
            ..Config::default()
        };
        load(&config).unwrap();
        fs::set_permissions(
            folder.path().join("master.key"),
            fs::Permissions::from_mode(0o644),
        )
        .unwrap();
        assert!(matches!(load(&config), Err(MasterKeyError::Open(_))));
    }
}
