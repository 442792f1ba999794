//! `cairn bench`: how much of what people wait for is done in a second.
//!
//! Everything runs in this process: pages go through the whole router with its
//! layers, sessions and compression, but through no socket; use cases are called
//! as the pages call them. Beside each run stand what the machine itself can do,
//! so that figures of two machines can be compared as ratios.

mod answers;
mod attempts;
mod baseline;
mod credentials;
mod crowd;
mod pages;
mod rate;
mod stored;

use std::{path::PathBuf, sync::Arc, time::Duration};

use clap::ValueEnum;
use serde::Serialize;
use service::Error;

use crate::{
    config::Config,
    demo::{DemoClock, DemoError, TenantContent, load},
    mailer,
    master_key::MasterKeyError,
    start::{self, StartError},
};

/// What can be measured.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum Bench {
    /// Pages drawn.
    Pages,
    /// Answers saved.
    Answers,
    /// What saving costs with ten thousand, a million and ten million answers in
    /// the database: takes minutes and some gigabytes, so that `all` leaves it out.
    Stored,
    /// Attempts submitted: scored, decided, awarded.
    Attempts,
    /// Badges issued, signed and verified.
    Credentials,
    /// All of these but `stored`.
    All,
}

/// What was measured. Figures are per second where nothing else is said.
#[derive(Debug, Serialize)]
pub struct Figures {
    engine: &'static str,
    cores: usize,
    optimised: bool,
    baseline: baseline::Baseline,
    #[serde(skip_serializing_if = "Option::is_none")]
    pages: Option<pages::Pages>,
    #[serde(skip_serializing_if = "Option::is_none")]
    answers_saved: Option<Vec<rate::Fared>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    answers_saved_with_many_stored: Option<Vec<stored::Stored>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    attempts: Option<attempts::Attempts>,
    #[serde(skip_serializing_if = "Option::is_none")]
    credentials_on_one_core: Option<credentials::Credentials>,
}

/// Nothing could be measured.
#[derive(Debug, thiserror::Error)]
pub enum BenchError {
    /// There is something in the database already.
    #[error("the database is in use: name an empty one in CAIRN_BENCH_DATABASE_URL")]
    InUse,
    /// What is measured on.
    #[error(transparent)]
    Start(#[from] StartError),
    /// What is measured with.
    #[error(transparent)]
    Demo(#[from] DemoError),
    /// What is measured.
    #[error(transparent)]
    Service(#[from] Error),
    /// A page, a document or a proof was not as it should be.
    #[error("{0}")]
    Wrong(String),
    /// The folder for it.
    #[error("{0}")]
    Io(#[from] std::io::Error),
}

impl BenchError {
    fn wrong(cause: impl std::fmt::Display) -> Self {
        Self::Wrong(cause.to_string())
    }
}

/// Measures `what` for `time` each, in `folder`, which is given up afterwards,
/// on an `SQLite` file in it or on the empty database at `database_url`.
pub async fn run(
    what: Bench,
    time: Duration,
    folder: PathBuf,
    database_url: Option<String>,
) -> Result<Figures, BenchError> {
    let config = Config {
        data_dir: folder,
        database_url: database_url.map(Into::into),
        ..Config::default()
    };
    let clock = Arc::new(DemoClock::new());
    let opened = start::open(&config, Arc::clone(&clock) as _, mailer::silent()).await;
    // The folder is fresh: a key that is missed is somebody's who has been here before.
    if let Err(StartError::MasterKey(MasterKeyError::Missing(_))) = opened {
        return Err(BenchError::InUse);
    }
    let installation = opened?;
    if service::identity::operator_exists(&installation).await? {
        return Err(BenchError::InUse);
    }
    let contents = TenantContent::all().map_err(DemoError::from)?;
    let content = contents.first().ok_or(Error::NotFound)?;
    load::operator(&installation).await?;
    let loaded = load::tenant(&installation, &clock, content).await?;
    clock.set_back(0);
    crowd::offer_assessment(&loaded).await?;

    let asked = |bench| what == bench || what == Bench::All;
    let mut figures = Figures {
        engine: match installation.db.engine() {
            sea_orm::DbBackend::Sqlite => "sqlite",
            _ => "postgresql",
        },
        cores: std::thread::available_parallelism().map_or(1, usize::from),
        optimised: !cfg!(debug_assertions),
        baseline: baseline::measure(&installation, time).await?,
        pages: None,
        answers_saved: None,
        answers_saved_with_many_stored: None,
        attempts: None,
        credentials_on_one_core: None,
    };
    if asked(Bench::Pages) {
        figures.pages = Some(pages::measure(&config, &loaded, time).await?);
    }
    if asked(Bench::Answers) {
        figures.answers_saved = Some(answers::measure(&loaded, &clock, time).await?);
    }
    if what == Bench::Stored {
        figures.answers_saved_with_many_stored = Some(stored::measure(&loaded, &clock, time).await?);
    }
    if asked(Bench::Attempts) {
        figures.attempts = Some(attempts::measure(&loaded, &clock).await?);
    }
    if asked(Bench::Credentials) {
        figures.credentials_on_one_core = Some(credentials::measure(&loaded, time).await?);
    }
    Ok(figures)
}
