//! The browser's session, when somebody comes or goes.

use axum::http::{HeaderMap, header};
use domain::id::PersonId;
use service::identity::sessions::{LONGEST_USER_AGENT, PERSON, USER_AGENT};
use tower_sessions::Session;

use crate::failure::Failure;

/// From here on the browser is signed in as `person`, under a new id: one that
/// somebody planted in the browser before is worth nothing.
pub(super) async fn begin(session: &Session, person: PersonId, headers: &HeaderMap) -> Result<(), Failure> {
    let user_agent = headers
        .get(header::USER_AGENT)
        .and_then(|value| value.to_str().ok())
        .unwrap_or_default();
    let user_agent: String = user_agent.chars().take(LONGEST_USER_AGENT).collect();
    session.cycle_id().await.map_err(Failure::session)?;
    session.insert(PERSON, person).await.map_err(Failure::session)?;
    session
        .insert(USER_AGENT, user_agent)
        .await
        .map_err(Failure::session)
}

/// From here on nobody is signed in.
pub(super) async fn end(session: &Session) -> Result<(), Failure> {
    session.flush().await.map_err(Failure::session)
}

/// What names the session, as the cookie does.
pub(super) fn id(session: &Session) -> Option<String> {
    session.id().map(|id| id.to_string())
}
