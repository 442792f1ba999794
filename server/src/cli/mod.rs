//! The command line.

mod actor;
mod backup;
mod bench;
mod demo;
mod exchange;
mod new_log;
mod replay;
mod rotate_key;
mod rule_strength;
mod score;
mod serve;
mod tenant;
mod vc_api;
mod verify;
mod whole;

use std::{
    io::{self, Read, Write},
    path::{Path, PathBuf},
    process::ExitCode,
};

use app::i18n::{Args, Locale};
use clap::{Parser, Subcommand};
use domain::log::VerifierKey;
use service::FieldErrors;
use tracing_subscriber::EnvFilter;

use crate::config::{self, Config, ConfigError};

/// Learning that ends in badges which anybody can check.
#[derive(Debug, Parser)]
#[command(name = "cairn", version)]
pub struct Cli {
    /// The configuration file [default: cairn.toml here, if there is one]
    #[arg(long, global = true, env = "CAIRN_CONFIG")]
    config: Option<PathBuf>,
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// Bring the database up to date and answer over HTTP
    Serve,
    /// Load the demo's tenants, or what is missing of them
    Demo {
        /// Print accounts and badges as JSON
        #[arg(long)]
        json: bool,
    },
    /// Make a tenant and invite its first owner
    Tenant(tenant::TenantArguments),
    /// Check a badge: 0 valid, 1 not valid, 2 could not be checked
    Verify {
        /// The badge's file, or a photo of its code on paper; - for standard input
        file: PathBuf,
        /// Use no network and no installation, but the issuer's did.json in this file
        #[arg(long, value_name = "FILE")]
        did: Option<PathBuf>,
        /// Make sure as well that it was entered in the public log with this key (name+hash+key)
        #[arg(long, value_name = "KEY", conflicts_with = "did")]
        log: Option<VerifierKey>,
        /// Print every check as JSON
        #[arg(long)]
        json: bool,
    },
    /// Retire a tenant's signing key and make another; what the old one signed stays valid
    RotateKey(actor::Actor),
    /// Make the decisions behind an award again from their records
    Replay {
        /// The award's id
        award: domain::id::AwardId,
    },
    /// Say how often learners of a given accuracy pass a rule, all tries counted
    RuleStrength {
        /// The rule's file; - for standard input
        file: PathBuf,
        /// Print the figures as JSON
        #[arg(long)]
        json: bool,
    },
    /// Score a response to a QTI item: 0 scored, 1 item or response not taken, 2 not readable
    Score {
        /// The item's file; - for standard input
        item: PathBuf,
        /// The response's file, as in `{"RESPONSE": {"identifiers": ["A"]}}`; - for standard input
        responses: PathBuf,
        /// Print the score as JSON
        #[arg(long)]
        json: bool,
    },
    /// Bring in what other systems wrote
    #[command(subcommand)]
    Import(exchange::Import),
    /// Write what other systems read
    #[command(subcommand)]
    Export(exchange::Export),
    /// Put everything but the master key into one file, while the server runs
    Backup {
        /// The file, which must not be there yet
        file: PathBuf,
    },
    /// Bring back what a backup has, into a data folder without an installation
    Restore {
        /// The backup
        file: PathBuf,
    },
    /// Leave the public log and begin another: after a PostgreSQL database was restored, before
    /// the server starts
    NewLog,
    /// Measure what people wait for, on a database of its own
    Bench {
        /// What to measure
        #[arg(default_value = "all")]
        what: crate::bench::Bench,
        /// How long to measure each, in seconds
        #[arg(long, default_value_t = 5)]
        seconds: u64,
        /// An empty PostgreSQL database; a temporary SQLite file if not given. With a password
        /// in it, set the variable instead: others see what a command is called with
        #[arg(long, env = "CAIRN_BENCH_DATABASE_URL", hide_env_values = true)]
        database_url: Option<String>,
        /// Print the figures as JSON
        #[arg(long)]
        json: bool,
    },
    /// Issue and verify over HTTP as conformance suites ask for it, with a key that is gone
    /// when it stops
    VcApi(vc_api::VcApiArguments),
    /// Print the configuration in force, secrets hidden
    Config,
}

/// A command did not succeed.
#[derive(Debug, thiserror::Error)]
enum CommandError {
    #[error("configuration: {0}")]
    Config(#[from] ConfigError),
    #[error(transparent)]
    Backup(#[from] backup::BackupError),
    #[error(transparent)]
    Bench(#[from] crate::bench::BenchError),
    #[error(transparent)]
    Start(#[from] crate::StartError),
    #[error(transparent)]
    Demo(#[from] crate::demo::DemoError),
    #[error(transparent)]
    Service(#[from] service::Error),
    #[error("the operator's account: {0}")]
    Operator(String),
    #[error("{0}")]
    Io(#[from] io::Error),
    #[error("{path}: {cause}")]
    File { path: String, cause: io::Error },
    #[error("cannot listen on {address}: {cause}. Set CAIRN_BIND (or CAIRN_METRICS_BIND) to a free address.")]
    Bind {
        address: std::net::SocketAddr,
        cause: io::Error,
    },
    #[error("{0}")]
    Json(#[from] serde_json::Error),
}

impl Cli {
    /// Does what was asked.
    pub async fn run(self) -> ExitCode {
        let failure = match self.command {
            Command::Verify { .. } => ExitCode::from(verify::NOT_CHECKED),
            Command::Score { .. } => ExitCode::from(score::NOT_SCORED),
            Command::Import(_) => ExitCode::from(exchange::NOTHING),
            _ => ExitCode::FAILURE,
        };
        self.dispatch().await.unwrap_or_else(|cause| {
            complain(&cause);
            failure
        })
    }

    async fn dispatch(self) -> Result<ExitCode, CommandError> {
        let config = Config::load(self.config.as_deref())?;
        log_to_stderr(&config);
        warn_of_variables();
        match self.command {
            Command::Serve => serve::run(&config).await,
            Command::Demo { json } => demo::run(&config, json).await,
            Command::Tenant(tenant) => tenant::run(&config, &tenant).await,
            Command::Verify { file, did, log, json } => {
                let with = verify::With {
                    did: did.as_deref(),
                    log: log.as_ref(),
                };
                verify::run(&config, &file, with, json).await
            }
            Command::RotateKey(actor) => rotate_key::run(&config, &actor).await,
            Command::Replay { award } => replay::run(&config, award).await,
            Command::RuleStrength { file, json } => rule_strength::run(&file, json),
            Command::Score {
                item,
                responses,
                json,
            } => score::run(&item, &responses, json),
            Command::Import(import) => exchange::import(&config, &import).await,
            Command::Export(export) => exchange::export(&config, &export).await,
            Command::Backup { file } => backup::run(&config, &file).await,
            Command::Restore { file } => backup::restore(&config, &file),
            Command::NewLog => new_log::run(&config).await,
            Command::Bench {
                what,
                seconds,
                database_url,
                json,
            } => bench::run(what, seconds, database_url, json).await,
            Command::VcApi(arguments) => vc_api::run(arguments).await,
            Command::Config => {
                say(&serde_json::to_string_pretty(&config)?)?;
                Ok(ExitCode::SUCCESS)
            }
        }
    }
}

/// The text of `file`, or of standard input for `-`.
fn read(file: &Path) -> Result<String, CommandError> {
    let bytes = read_bytes(file, u64::MAX)?;
    String::from_utf8(bytes).map_err(|cause| unreadable(file, io::Error::other(cause)))
}

/// The first `most` bytes of `file`, or of standard input for `-`.
fn read_bytes(file: &Path, most: u64) -> Result<Vec<u8>, CommandError> {
    let mut bytes = Vec::new();
    let read = if file == Path::new("-") {
        io::stdin().take(most).read_to_end(&mut bytes)
    } else {
        std::fs::File::open(file).and_then(|file| file.take(most).read_to_end(&mut bytes))
    };
    read.map(|_| bytes).map_err(|cause| unreadable(file, cause))
}

fn unreadable(file: &Path, cause: io::Error) -> CommandError {
    CommandError::File {
        path: file.display().to_string(),
        cause,
    }
}

fn log_to_stderr(config: &Config) {
    let filter = EnvFilter::try_from_default_env().unwrap_or_else(|_| EnvFilter::new(&config.log));
    // A second call, in a test, changes nothing.
    let _ = tracing_subscriber::fmt()
        .with_env_filter(filter)
        .with_writer(io::stderr)
        .try_init();
}

/// Names only: a value may be a secret.
fn warn_of_variables() {
    let names = config::variables_without_meaning();
    if !names.is_empty() {
        tracing::warn!(names = %names.join(", "), "nothing is set by these variables");
    }
}

/// What a command answers. Whoever reads it may have seen enough and be gone, as
/// `head` is: that is no fault.
fn say(text: &str) -> io::Result<()> {
    match writeln!(io::stdout(), "{text}") {
        Err(cause) if cause.kind() == io::ErrorKind::BrokenPipe => Ok(()),
        said => said,
    }
}

fn complain(cause: &dyn std::error::Error) {
    complain_of(&cause.to_string());
}

fn complain_of(text: &str) {
    // Where nobody reads it, the exit code has to do.
    let _ = writeln!(io::stderr(), "cairn: {text}");
}

/// Each field's problem, in words.
fn complain_of_each(errors: &FieldErrors) {
    let locale = Locale::choose(None, None);
    for error in errors {
        let mut args = Args::new();
        for (name, value) in &error.args {
            args.insert((*name).into(), value.clone().into());
        }
        let reason = locale.text(&format!("error-{}", error.code), &args);
        complain_of(&format!("{}: {reason}", error.field));
    }
}
