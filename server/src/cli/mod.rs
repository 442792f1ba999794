//! The command line.

mod serve;

use std::{path::PathBuf, process::ExitCode};

use clap::{Parser, Subcommand};
use tracing_subscriber::EnvFilter;

use crate::config::{Config, ConfigError};

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
    /// Print the configuration in force, secrets hidden
    Config,
}

/// A command did not succeed.
#[derive(Debug, thiserror::Error)]
enum CommandError {
    #[error("configuration: {0}")]
    Config(#[from] ConfigError),
    #[error(transparent)]
    Start(#[from] crate::StartError),
    #[error("{0}")]
    Io(#[from] std::io::Error),
    #[error("{0}")]
    Json(#[from] serde_json::Error),
}

impl Cli {
    /// Does what was asked.
    pub async fn run(self) -> ExitCode {
        match self.dispatch().await {
            Ok(code) => code,
            Err(cause) => {
                complain(&cause);
                ExitCode::FAILURE
            }
        }
    }

    async fn dispatch(self) -> Result<ExitCode, CommandError> {
        let config = Config::load(self.config.as_deref())?;
        log_to_stderr(&config);
        match self.command {
            Command::Serve => serve::run(&config).await,
            Command::Config => {
                say(&serde_json::to_string_pretty(&config)?);
                Ok(ExitCode::SUCCESS)
            }
        }
    }
}

fn log_to_stderr(config: &Config) {
    let filter = EnvFilter::try_from_default_env().unwrap_or_else(|_| EnvFilter::new(&config.log));
    // A second call, in a test, changes nothing.
    let _ = tracing_subscriber::fmt()
        .with_env_filter(filter)
        .with_writer(std::io::stderr)
        .try_init();
}

#[expect(clippy::print_stdout, reason = "what a command answers")]
fn say(text: &str) {
    println!("{text}");
}

#[expect(clippy::print_stderr, reason = "what a command complains about")]
fn complain(cause: &dyn std::error::Error) {
    eprintln!("cairn: {cause}");
}
