//! From a configuration to an installation.

use std::{io, path::Path, sync::Arc};

use service::{
    Clock, Files, Installation, OsChance, SystemClock, SystemCtx, Vault, db::Db, log, mail::Mailer,
};

use crate::{
    config::Config,
    mailer::{self, MailerError},
    master_key::{self, MasterKeyError},
    outside::Web,
    owner_only,
};

/// Cairn cannot start.
#[derive(Debug, thiserror::Error)]
pub enum StartError {
    /// The data folder, or what is in it.
    #[error("{path}: {cause}")]
    DataDir {
        /// Which.
        path: String,
        /// Why.
        cause: io::Error,
    },
    /// The master key.
    #[error(transparent)]
    MasterKey(#[from] MasterKeyError),
    /// The database.
    #[error("database: {0}")]
    Database(#[from] sea_orm::DbErr),
    /// The way out for mail.
    #[error("mail: {0}")]
    Mail(#[from] MailerError),
    /// The way to documents of others.
    #[error("the way out: {0}")]
    Outside(#[from] reqwest::Error),
    /// The store of files.
    #[error("files: {0}")]
    Files(#[from] object_store::Error),
    /// The address.
    #[error("base_url: {0}")]
    BaseUrl(#[from] url::ParseError),
    /// A use case.
    #[error(transparent)]
    Service(#[from] service::Error),
}

/// Opens everything that `config` names; migrates the database.
pub async fn installation(config: &Config) -> Result<Arc<Installation>, StartError> {
    open(config, Arc::new(SystemClock), mailer::open(config)?).await
}

/// The same by another clock and another way out for mail.
pub(crate) async fn open(
    config: &Config,
    clock: Arc<dyn Clock>,
    mailer: Arc<dyn Mailer>,
) -> Result<Arc<Installation>, StartError> {
    owner_only::make_folder(&config.data_dir).map_err(failed(&config.data_dir))?;
    let db = Db::open(&config.database_url(), config.database_connections).await?;
    for file in config.database_files().into_iter().flatten() {
        owner_only::close(&file).map_err(failed(&file))?;
    }
    let vault = vault(config, &db).await?;
    let installation = Arc::new(Installation {
        db,
        clock,
        chance: Arc::new(OsChance),
        vault,
        files: files(config)?,
        mailer,
        outside: Arc::new(Web::new()?),
        base_url: config.base_url()?,
    });
    leave_old_log(config, &installation).await?;
    Ok(installation)
}

/// Lies in the data folder from when a backup was restored until it is opened.
pub(crate) const RESTORED: &str = "restored";

/// The public log may have gone on after a backup was made. A restored one would
/// contradict it under the same name and key, so it is left, and another begun.
async fn leave_old_log(config: &Config, installation: &Arc<Installation>) -> Result<(), StartError> {
    let sign = config.data_dir.join(RESTORED);
    if !sign.exists() {
        return Ok(());
    }
    log::begin_anew(&SystemCtx::new(Arc::clone(installation))).await?;
    std::fs::remove_file(&sign).map_err(failed(&sign))
}

fn failed(path: &Path) -> impl FnOnce(io::Error) -> StartError {
    move |cause| StartError::DataDir {
        path: path.display().to_string(),
        cause,
    }
}

/// The vault under the master key that the database began with.
async fn vault(config: &Config, db: &Db) -> Result<Vault, StartError> {
    let key = if let Some(key) = master_key::load(config)? {
        key
    } else if Vault::is_in_use(db).await? {
        let path = master_key::path(config).display().to_string();
        return Err(MasterKeyError::Missing(path).into());
    } else {
        master_key::make(config)?
    };
    let vault = Vault::new(&key);
    match vault.prove(db, &OsChance).await {
        Ok(()) => Ok(vault),
        Err(service::Error::Vault(_)) => Err(MasterKeyError::Another.into()),
        Err(cause) => Err(cause.into()),
    }
}

fn files(config: &Config) -> Result<Files, StartError> {
    let Some(bucket) = &config.s3_bucket else {
        let folder = config.data_dir.join("files");
        owner_only::make_folder(&folder).map_err(failed(&folder))?;
        owner_only::close(&folder).map_err(failed(&folder))?;
        return Ok(Files(Arc::new(
            object_store::local::LocalFileSystem::new_with_prefix(folder)?,
        )));
    };
    let mut s3 = object_store::aws::AmazonS3Builder::new().with_bucket_name(bucket);
    if let Some(endpoint) = &config.s3_endpoint {
        s3 = s3
            .with_endpoint(endpoint)
            .with_allow_http(endpoint.starts_with("http://"));
    }
    if let Some(region) = &config.s3_region {
        s3 = s3.with_region(region);
    }
    if let Some(id) = &config.s3_access_key_id {
        s3 = s3.with_access_key_id(id);
    }
    if let Some(secret) = &config.s3_secret_access_key {
        s3 = s3.with_secret_access_key(secret.reveal());
    }
    Ok(Files(Arc::new(s3.build()?)))
}
