//! From a configuration to an installation.

use std::{
    fs::{self, DirBuilder},
    io,
    os::unix::fs::DirBuilderExt,
    sync::Arc,
};

use service::{Clock, Files, Installation, OsChance, SystemClock, Vault, db::Db, mail::Mailer};

use crate::{
    config::Config,
    mailer::{self, MailerError},
    master_key::{self, MasterKeyError},
    outside::Web,
};

/// Cairn cannot start.
#[derive(Debug, thiserror::Error)]
pub enum StartError {
    /// The data folder.
    #[error("data folder {path}: {cause}")]
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
    // For its owner alone: sessions, password hashes and mails are in it.
    DirBuilder::new()
        .recursive(true)
        .mode(0o700)
        .create(&config.data_dir)
        .map_err(|cause| StartError::DataDir {
            path: config.data_dir.display().to_string(),
            cause,
        })?;
    let key = master_key::load(config)?;
    Ok(Arc::new(Installation {
        db: Db::open(&config.database_url(), config.database_connections).await?,
        clock,
        chance: Arc::new(OsChance),
        vault: Vault::new(&key),
        files: files(config)?,
        mailer,
        outside: Arc::new(Web::new()?),
        base_url: config.base_url()?,
    }))
}

fn files(config: &Config) -> Result<Files, StartError> {
    let Some(bucket) = &config.s3_bucket else {
        let folder = config.data_dir.join("files");
        fs::create_dir_all(&folder).map_err(|cause| StartError::DataDir {
            path: folder.display().to_string(),
            cause,
        })?;
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
