//! The session cookie's data, in the same database as everything else.
//!
//! How long a session lasts is decided there as well: `tower-sessions` reckons
//! by the machine's clock and from the last change, not from the last use.

use std::sync::Arc;

use async_trait::async_trait;
use domain::Timestamp;
use service::{Installation, SystemCtx, identity::sessions};
use time::OffsetDateTime;
use tower_sessions::{
    ExpiredDeletion, SessionStore,
    session::{Id, Record},
    session_store::{Error, Result},
};

/// Keeps sessions in an installation's database.
#[derive(Debug, Clone)]
pub(crate) struct Sessions(Arc<Installation>);

impl Sessions {
    pub(crate) fn new(installation: Arc<Installation>) -> Self {
        Self(installation)
    }
}

#[async_trait]
impl SessionStore for Sessions {
    async fn create(&self, record: &mut Record) -> Result<()> {
        while !sessions::create(&self.0, &record.id.to_string(), &record.data)
            .await
            .map_err(backend)?
        {
            record.id = Id::default();
        }
        Ok(())
    }

    async fn save(&self, record: &Record) -> Result<()> {
        sessions::save(&self.0, &record.id.to_string(), &record.data)
            .await
            .map_err(backend)
    }

    async fn load(&self, id: &Id) -> Result<Option<Record>> {
        let Some(stored) = sessions::load(&self.0, &id.to_string()).await.map_err(backend)? else {
            return Ok(None);
        };
        Ok(Some(Record {
            id: *id,
            data: stored.data,
            expiry_date: date_time(stored.expires_at)?,
        }))
    }

    async fn delete(&self, id: &Id) -> Result<()> {
        sessions::delete(&self.0, &id.to_string()).await.map_err(backend)
    }
}

#[async_trait]
impl ExpiredDeletion for Sessions {
    async fn delete_expired(&self) -> Result<()> {
        sessions::delete_expired(&SystemCtx::new(Arc::clone(&self.0)))
            .await
            .map_err(backend)
    }
}

fn date_time(moment: Timestamp) -> Result<OffsetDateTime> {
    OffsetDateTime::from_unix_timestamp_nanos(i128::from(moment.unix_millis()) * 1_000_000)
        .map_err(|cause| Error::Decode(cause.to_string()))
}

#[expect(clippy::needless_pass_by_value, reason = "the shape that map_err takes")]
fn backend(cause: service::Error) -> Error {
    Error::Backend(cause.to_string())
}

#[cfg(test)]
mod tests {
    use serde_json::json;
    use service::testing::TestInstallation;

    use super::*;

    fn record(installation: &Installation) -> Record {
        Record {
            id: Id::default(),
            data: [("colour".to_owned(), json!("slate"))].into(),
            expiry_date: date_time(installation.now().after(sessions::IDLE)).unwrap(),
        }
    }

    #[tokio::test]
    async fn a_session_reads_back_as_it_was_stored() {
        let cairn = TestInstallation::new().await;
        let store = Sessions::new(Arc::clone(&cairn));
        let mut record = record(&cairn);
        store.create(&mut record).await.unwrap();
        assert_eq!(store.load(&record.id).await.unwrap(), Some(record.clone()));
        store.delete(&record.id).await.unwrap();
        assert_eq!(store.load(&record.id).await.unwrap(), None);
    }

    #[tokio::test]
    async fn an_id_that_is_taken_becomes_another() {
        let cairn = TestInstallation::new().await;
        let store = Sessions::new(Arc::clone(&cairn));
        let mut first = record(&cairn);
        store.create(&mut first).await.unwrap();
        let mut second = first.clone();
        store.create(&mut second).await.unwrap();
        assert_ne!(first.id, second.id);
    }
}
