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
use url::{Position, Url};

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
    /// Badges, links and the session's cookie take it for a whole host.
    #[error("base_url is {0}: it must end after the host or its port, without a path, a query or a fragment")]
    NotAHost(Url),
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
        // By name: where a service is called cairn, Kubernetes has variables like CAIRN_PORT.
        figment = figment.merge(Env::prefixed("CAIRN_").only(OTHERS));
        for name in TEXTS {
            if let Ok(value) = std::env::var(format!("CAIRN_{}", name.to_ascii_uppercase())) {
                figment = figment.merge((*name, value));
            }
        }
        let config: Self = figment.extract().map_err(Box::new)?;
        check_base(config.base_url()?)?;
        Ok(config)
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

    /// The database's file, and the two that `SQLite` keeps beside it while it is
    /// open; none if the database is on a server.
    #[must_use]
    pub fn database_files(&self) -> Option<[PathBuf; 3]> {
        let url = self.database_url();
        let path = url.strip_prefix("sqlite:")?.trim_start_matches("//");
        let path = path.split('?').next().unwrap_or(path);
        Some(["", "-wal", "-shm"].map(|ending| PathBuf::from(format!("{path}{ending}"))))
    }
}

/// May people be sent to this address?
fn check_base(base: Url) -> Result<(), ConfigError> {
    let is_loopback = match base.host() {
        Some(url::Host::Domain(name)) => name == "localhost" || name.ends_with(".localhost"),
        Some(url::Host::Ipv4(ip)) => IpAddr::from(ip).is_loopback(),
        Some(url::Host::Ipv6(ip)) => IpAddr::from(ip).is_loopback(),
        None => false,
    };
    if base.scheme() != "https" && !is_loopback {
        return Err(ConfigError::NotSecure(base));
    }
    if matches!(&base[Position::AfterPort..], "" | "/") {
        Ok(())
    } else {
        Err(ConfigError::NotAHost(base))
    }
}

/// The variables with our prefix that set nothing: misspelt, perhaps, or not meant
/// for us.
#[must_use]
pub fn variables_without_meaning() -> Vec<String> {
    let mut names: Vec<String> = std::env::vars_os()
        .filter_map(|(name, _)| name.into_string().ok())
        .filter(|name| name.strip_prefix("CAIRN_").is_some_and(|name| !has_meaning(name)))
        .collect();
    names.sort_unstable();
    names
}

fn has_meaning(name: &str) -> bool {
    let name = name.to_ascii_lowercase();
    [TEXTS, OTHERS, NOT_OURS].concat().contains(&name.as_str()) || name.starts_with("test_")
}

/// What is a number, a socket's address, or yes or no.
const OTHERS: &[&str] = &[
    "behind_proxy",
    "bind",
    "database_connections",
    "metrics_bind",
    "workers",
];

/// Not the configuration: what commands ask for themselves, and where the build
/// put things.
const NOT_OURS: &[&str] = &["bench_database_url", "cache", "config", "site", "standards"];

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

    #[test]
    fn every_field_has_its_variable() {
        let fields = serde_json::to_value(Config::default()).unwrap();
        let mut fields: Vec<&str> = fields.as_object().unwrap().keys().map(String::as_str).collect();
        let mut variables = [TEXTS, OTHERS].concat();
        fields.sort_unstable();
        variables.sort_unstable();
        assert_eq!(fields, variables);
    }

    #[test]
    fn people_are_sent_to_a_host_and_no_further() {
        let checked = |address: &str| check_base(address.parse().unwrap());
        for address in [
            "https://cairn.example",
            "https://cairn.example:8443/",
            "http://127.0.0.1:3000",
            "http://localhost",
        ] {
            assert!(checked(address).is_ok(), "{address}");
        }
        for address in [
            "https://cairn.example/learn",
            "https://cairn.example//",
            "https://cairn.example/?",
            "https://cairn.example?a=b",
            "https://cairn.example/#top",
        ] {
            let refused = checked(address);
            assert!(matches!(refused, Err(ConfigError::NotAHost(_))), "{address}");
        }
        let refused = checked("http://cairn.example");
        assert!(matches!(refused, Err(ConfigError::NotSecure(_))));
    }

    #[test]
    fn a_database_in_a_file_is_three_files() {
        let config = |url: &str| Config {
            database_url: Some(Secret(url.to_owned())),
            ..Config::default()
        };
        let files = config("sqlite:///srv/cairn.sqlite?mode=rwc").database_files();
        let names = ["cairn.sqlite", "cairn.sqlite-wal", "cairn.sqlite-shm"];
        assert_eq!(files, Some(names.map(|name| Path::new("/srv").join(name))));
        assert_eq!(config("postgres://cairn@localhost/cairn").database_files(), None);
    }
}
