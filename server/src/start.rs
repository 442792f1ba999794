//! From a configuration to an installation.

use std::{fs, io, sync::Arc};

use service::{Files, Installation, OsChance, SystemClock, Vault, db::Db};

use crate::{
    config::Config,
    mailer::{self, MailerError},
    master_key::{self, MasterKeyError},
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
    fs::create_dir_all(&config.data_dir).map_err(|cause| StartError::DataDir {
        path: config.data_dir.display().to_string(),
        cause,
    })?;
    let key = master_key::load(config)?;
    Ok(Arc::new(Installation {
        db: Db::open(&config.database_url(), config.database_connections).await?,
        clock: Arc::new(SystemClock),
        chance: Arc::new(OsChance),
        vault: Vault::new(&key),
        files: files(config)?,
        mailer: mailer::open(config)?,
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
