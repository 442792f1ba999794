//! What a person sees when a use case did not succeed: decided here, for all.

use axum::{
    http::{HeaderValue, StatusCode, header},
    response::{IntoResponse, Response},
};
use leptos::prelude::*;
use service::Error;
use tower_sessions::session::Error as SessionError;

use crate::{i18n::t, visit::Visit};

/// A use case's error on its way to becoming a response.
#[derive(Debug)]
pub(crate) struct Failure(pub(crate) Error);

impl Failure {
    /// Sessions are kept in the database: without it there are none.
    pub(crate) fn session(cause: SessionError) -> Self {
        Self(match cause {
            SessionError::Store(cause) => Error::unavailable(cause),
            SessionError::SerdeJson(cause) => Error::Corrupt(cause),
        })
    }
}

impl<E: Into<Error>> From<E> for Failure {
    fn from(error: E) -> Self {
        Self(error.into())
    }
}

/// A response that still needs its page: kind and status.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Trouble {
    status: StatusCode,
    /// Texts `trouble-{key}-title` and `trouble-{key}-text`, or a refusal's own.
    key: &'static str,
}

impl IntoResponse for Failure {
    fn into_response(self) -> Response {
        let (status, key) = match &self.0 {
            Error::NotFound => (StatusCode::NOT_FOUND, "not-found"),
            Error::Invalid(_) => (StatusCode::UNPROCESSABLE_ENTITY, "invalid"),
            Error::Refused(code) => (StatusCode::CONFLICT, *code),
            Error::Stale => (StatusCode::CONFLICT, "stale"),
            Error::TooMany(_) => (StatusCode::TOO_MANY_REQUESTS, "too-many"),
            Error::Unavailable(cause) => {
                tracing::error!(%cause, "the database is away");
                (StatusCode::SERVICE_UNAVAILABLE, "unavailable")
            }
            cause => {
                tracing::error!(%cause, "a request failed");
                (StatusCode::INTERNAL_SERVER_ERROR, "failed")
            }
        };
        let mut response = status.into_response();
        let pause = match self.0 {
            Error::TooMany(pause) => Some(pause.as_secs().max(1)),
            Error::Unavailable(_) => Some(5),
            _ => None,
        };
        if let Some(seconds) = pause {
            response
                .headers_mut()
                .insert(header::RETRY_AFTER, HeaderValue::from(seconds));
        }
        response.extensions_mut().insert(Trouble { status, key });
        response
    }
}

/// The page that says what went wrong and what to do.
pub(crate) fn trouble_page(visit: &Visit, trouble: Trouble) -> Response {
    let Trouble { status, key } = trouble;
    let title = visit.t(&format!("trouble-{key}-title"));
    let heading = title.clone();
    visit
        .page(title, move || {
            view! {
                <h1>{heading}</h1>
                <p class="lead">{t!(&format!("trouble-{key}-text"))}</p>
                <p><a href="/">{t!("trouble-home")}</a></p>
            }
        })
        .status(status)
        .into_response()
}

/// An address that nothing answers at.
pub(crate) async fn nothing_here() -> Failure {
    Failure(Error::NotFound)
}
