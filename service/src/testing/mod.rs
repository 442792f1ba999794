//! The harness that tests stand on: a real database (`SQLite` in a temporary
//! folder, or a fresh one on the `PostgreSQL` that `CAIRN_TEST_POSTGRES` names),
//! a clock that the test moves, chance that repeats, and mail that it can read.

mod postgres;
mod school;

use std::{
    ops::Deref,
    sync::{
        Arc, Mutex, PoisonError,
        atomic::{AtomicI64, AtomicU64, Ordering},
    },
    time::Duration,
};

use async_trait::async_trait;
use domain::Timestamp;
use object_store::memory::InMemory;
use sha2::{Digest, Sha256};
use tempfile::TempDir;

pub use postgres::fresh_database;
pub use school::{School, faults};

use crate::{
    Chance, Clock, Error, Files, Installation, MasterKey, Result, SystemCtx, Vault,
    credential::Outside,
    db::Db,
    job,
    mail::{Mail, Mailer},
};

/// A whole installation for one test.
#[derive(Debug)]
pub struct TestInstallation {
    installation: Arc<Installation>,
    clock: Arc<TestClock>,
    mails: Arc<Mailbox>,
    _folder: TempDir,
}

impl Deref for TestInstallation {
    type Target = Arc<Installation>;

    fn deref(&self) -> &Arc<Installation> {
        &self.installation
    }
}

impl TestInstallation {
    /// A fresh one.
    ///
    /// # Panics
    /// When the database cannot be made: then the test cannot run.
    #[expect(clippy::expect_used, reason = "a test without its database must fail")]
    pub async fn new() -> Self {
        let folder = tempfile::tempdir().expect("a temporary folder");
        let url = match std::env::var("CAIRN_TEST_POSTGRES") {
            Ok(server) => postgres::fresh_database(&server).await.expect("a fresh database"),
            Err(_) => format!("sqlite://{}", folder.path().join("cairn.sqlite").display()),
        };
        let clock = Arc::new(TestClock::default());
        let mails = Arc::new(Mailbox::default());
        let key = MasterKey::new(&mut [1; 32]).expect("32 bytes");
        let installation = Installation {
            db: Db::open(&url, 8).await.expect("the database opens"),
            clock: Arc::clone(&clock) as Arc<dyn Clock>,
            chance: Arc::new(RepeatedChance::default()),
            vault: Vault::new(&key),
            files: Files(Arc::new(InMemory::new())),
            mailer: Arc::clone(&mails) as Arc<dyn Mailer>,
            outside: Arc::new(Nowhere),
            base_url: url::Url::parse("http://cairn.test").expect("an address"),
        };
        Self {
            installation: Arc::new(installation),
            clock,
            mails,
            _folder: folder,
        }
    }

    /// The installation acting for itself.
    #[must_use]
    pub fn system(&self) -> SystemCtx {
        SystemCtx::new(Arc::clone(&self.installation))
    }

    /// The same installation by another clock.
    #[must_use]
    pub fn with_clock(&self, clock: Arc<dyn Clock>) -> Arc<Installation> {
        Arc::new(Installation {
            clock,
            ..Installation::clone(&self.installation)
        })
    }

    /// Lets time pass.
    pub fn pass(&self, duration: Duration) {
        self.clock.pass(duration);
    }

    /// Runs every job that is due, and those that they queue.
    pub async fn run_jobs(&self) -> Result<()> {
        while job::run_due(&self.installation, 100).await? > 0 {}
        Ok(())
    }

    /// Takes the mails sent so far.
    #[must_use]
    pub fn take_mails(&self) -> Vec<Mail> {
        std::mem::take(&mut *self.mails.0.lock().unwrap_or_else(PoisonError::into_inner))
    }
}

/// A clock that stands until it is moved.
#[derive(Debug)]
pub struct TestClock(AtomicI64);

impl Default for TestClock {
    fn default() -> Self {
        // 2026-01-01T00:00:00Z
        Self(AtomicI64::new(1_767_225_600_000))
    }
}

impl TestClock {
    /// Moves it forward.
    pub fn pass(&self, duration: Duration) {
        let millis = i64::try_from(duration.as_millis()).unwrap_or(i64::MAX);
        self.0.fetch_add(millis, Ordering::SeqCst);
    }
}

impl Clock for TestClock {
    fn now(&self) -> Timestamp {
        Timestamp::from_unix_millis(self.0.load(Ordering::SeqCst))
    }
}

/// Bytes that look like chance and are the same in every run.
#[derive(Debug, Default)]
struct RepeatedChance(AtomicU64);

impl Chance for RepeatedChance {
    fn fill(&self, bytes: &mut [u8]) {
        for chunk in bytes.chunks_mut(32) {
            let block = Sha256::digest(self.0.fetch_add(1, Ordering::SeqCst).to_be_bytes());
            chunk.copy_from_slice(&block[..chunk.len()]);
        }
    }
}

#[derive(Debug, Default)]
struct Mailbox(Mutex<Vec<Mail>>);

#[async_trait]
impl Mailer for Mailbox {
    async fn send(&self, _id: uuid::Uuid, mail: &Mail) -> Result<()> {
        self.0
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .push(mail.clone());
        Ok(())
    }
}

/// Tests reach nothing outside.
#[derive(Debug)]
struct Nowhere;

#[async_trait]
impl Outside for Nowhere {
    async fn json(&self, url: &url::Url) -> Result<serde_json::Value> {
        Err(Error::Outside(format!("{url} is outside of the test")))
    }
}
