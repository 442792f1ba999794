//! What can be set: defaults, then a TOML file, then `CAIRN_…` environment
//! variables.

use std::{
    fmt,
    net::{IpAddr, SocketAddr},
    path::{Path, PathBuf},
};

use figment::{
    Figment,
    providers::{Env, Format, Serialized, Toml},
};
use serde::{Deserialize, Serialize, Serializer};
use url::Url;

/// Everything that can be set. Each field is also `CAIRN_` and its name in
/// capitals.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Config {
    /// Where the server listens.
    pub bind: SocketAddr,
    /// Where figures for Prometheus are answered, for whoever may come there;
    /// nowhere if not set.
    pub metrics_bind: Option<SocketAddr>,
    /// The address people use, without a path; from `bind` if not set.
    pub base_url: Option<Url>,
    /// Where everything is kept that has no other place.
    pub data_dir: PathBuf,
    /// `postgres://…` or `sqlite://PATH`; a file in `data_dir` if not set.
    pub database_url: Option<Secret>,
    /// The most connections to the database.
    pub database_connections: u32,
    /// The file with the master key; `master.key` in `data_dir` if not set, made
    /// at the first start.
    pub master_key_file: Option<PathBuf>,
    /// The master key itself, 64 hexadecimal digits, instead of a file.
    pub master_key: Option<Secret>,
    /// `smtp://…` or `smtps://…`; mails go to `data_dir/mail` if not set.
    pub smtp_url: Option<Secret>,
    /// The sender of mails.
    pub mail_from: String,
    /// Files go to this S3 bucket instead of `data_dir/files`.
    pub s3_bucket: Option<String>,
    /// The bucket's endpoint, if it is not Amazon's.
    pub s3_endpoint: Option<String>,
    /// The bucket's region.
    pub s3_region: Option<String>,
    /// The access key's id.
    pub s3_access_key_id: Option<String>,
    /// The access key.
    pub s3_secret_access_key: Option<Secret>,
    /// Whether a proxy in front sets `X-Forwarded-For`.
    pub behind_proxy: bool,
    /// The operator's address, for an account made at the first start.
    pub operator_email: Option<String>,
    /// The operator's password.
    pub operator_password: Option<Secret>,
    /// How many jobs run at once.
    pub workers: u16,
    /// What is logged, as `RUST_LOG` has it.
    pub log: String,
}

impl Default for Config {
    fn default() -> Self {
        Self {
            bind: SocketAddr::from(([127, 0, 0, 1], 3000)),
            metrics_bind: None,
            base_url: None,
            data_dir: PathBuf::from("data"),
            database_url: None,
            database_connections: 16,
            master_key_file: None,
            master_key: None,
            smtp_url: None,
            mail_from: "Cairn <cairn@localhost>".to_owned(),
            s3_bucket: None,
            s3_endpoint: None,
            s3_region: None,
            s3_access_key_id: None,
            s3_secret_access_key: None,
            behind_proxy: false,
            operator_email: None,
            operator_password: None,
            workers: 2,
            log: "info,sqlx=warn,sea_orm=warn".to_owned(),
        }
    }
}

/// The configuration cannot be used.
#[derive(Debug, thiserror::Error)]
pub enum ConfigError {
    /// A value is missing, misspelt or of the wrong kind.
    #[error("{0}")]
    Unreadable(#[from] Box<figment::Error>),
    /// Passwords and badges would travel in the clear.
    #[error("base_url is {0}: it must be https unless it is a loopback address")]
    NotSecure(Url),
    /// An address cannot be made of `bind`.
    #[error("base_url: {0}")]
    NotAnAddress(#[from] url::ParseError),
}

impl Config {
    /// Reads the configuration; `file` may be missing if it was not named.
    pub fn load(file: Option<&Path>) -> Result<Self, ConfigError> {
        let mut figment = Figment::from(Serialized::defaults(Self::default()));
        figment = match file {
            Some(file) => figment.merge(Toml::file_exact(file)),
            None => figment.merge(Toml::file("cairn.toml")),
        };
        // Not the configuration: where the build put things, and the tests' server.
        figment = figment.merge(
            Env::prefixed("CAIRN_").filter(|name| !is_for_others(name.as_str()) && !is_text(name.as_str())),
        );
        for name in TEXTS {
            if let Ok(value) = std::env::var(format!("CAIRN_{}", name.to_ascii_uppercase())) {
                figment = figment.merge((*name, value));
            }
        }
        let config: Self = figment.extract().map_err(Box::new)?;
        let base = config.base_url()?;
        let loopback = match base.host() {
            Some(url::Host::Domain(name)) => name == "localhost" || name.ends_with(".localhost"),
            Some(url::Host::Ipv4(ip)) => IpAddr::from(ip).is_loopback(),
            Some(url::Host::Ipv6(ip)) => IpAddr::from(ip).is_loopback(),
            None => false,
        };
        if base.scheme() == "https" || loopback {
            Ok(config)
        } else {
            Err(ConfigError::NotSecure(base))
        }
    }

    /// The address people use.
    pub fn base_url(&self) -> Result<Url, url::ParseError> {
        match &self.base_url {
            Some(url) => Ok(url.clone()),
            None => Url::parse(&format!("http://{}", self.bind)),
        }
    }

    /// The database's address.
    #[must_use]
    pub fn database_url(&self) -> String {
        match &self.database_url {
            Some(url) => url.reveal().to_owned(),
            None => format!("sqlite://{}", self.data_dir.join("cairn.sqlite").display()),
        }
    }
}

/// What is text, whatever it looks like: a password of digits alone is no number,
/// and no error repeats it.
const TEXTS: &[&str] = &[
    "base_url",
    "data_dir",
    "database_url",
    "log",
    "mail_from",
    "master_key",
    "master_key_file",
    "operator_email",
    "operator_password",
    "s3_access_key_id",
    "s3_bucket",
    "s3_endpoint",
    "s3_region",
    "s3_secret_access_key",
    "smtp_url",
];

fn is_text(name: &str) -> bool {
    TEXTS.contains(&name.to_ascii_lowercase().as_str())
}

/// Variables with our prefix that the build and the tests use.
fn is_for_others(name: &str) -> bool {
    let name = name.to_ascii_lowercase();
    name.starts_with("test_") || ["site", "cache", "standards", "config"].contains(&name.as_str())
}

/// A value that is never printed.
#[derive(Clone, PartialEq, Eq, Deserialize)]
#[serde(transparent)]
pub struct Secret(String);

impl Secret {
    /// The value.
    #[must_use]
    pub fn reveal(&self) -> &str {
        &self.0
    }
}

impl From<String> for Secret {
    fn from(value: String) -> Self {
        Self(value)
    }
}

impl fmt::Debug for Secret {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("(hidden)")
    }
}

impl Serialize for Secret {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str("(hidden)")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_printed_holds_no_secret() {
        let config = Config {
            smtp_url: Some(Secret("smtp://me:hunter2@mail".into())),
            ..Config::default()
        };
        assert!(!serde_json::to_string(&config).unwrap().contains("hunter2"));
        assert!(!format!("{config:?}").contains("hunter2"));
    }
}
