//! What a running Cairn has at hand.

use std::sync::Arc;

use domain::Timestamp;
use url::Url;
use uuid::Uuid;

use crate::{Chance, Clock, Files, Vault, credential::Outside, db::Db, mail::Mailer};

/// One installation: a database, a clock, a source of chance, the keys, the
/// files, the way out for mail, and the address it answers at.
/// Cheap to clone.
#[derive(Debug, Clone)]
pub struct Installation {
    /// Rows.
    pub db: Db,
    /// Time.
    pub clock: Arc<dyn Clock>,
    /// Chance.
    pub chance: Arc<dyn Chance>,
    /// Secrets.
    pub vault: Vault,
    /// Files.
    pub files: Files,
    /// Mail.
    pub mailer: Arc<dyn Mailer>,
    /// Documents that others serve.
    pub outside: Arc<dyn Outside>,
    /// What learners and verifiers type, without a path: `https://cairn.example`.
    pub base_url: Url,
}

impl Installation {
    /// The present moment.
    #[must_use]
    pub fn now(&self) -> Timestamp {
        self.clock.now()
    }

    /// A fresh id.
    #[must_use]
    pub fn new_id<T: From<Uuid>>(&self) -> T {
        T::from(self.chance.uuid(self.clock.now()))
    }

    /// The full address of `path`, which starts with a slash.
    #[must_use]
    pub fn address(&self, path: &str) -> String {
        format!("{}{path}", self.base_url.as_str().trim_end_matches('/'))
    }
}
