//! What a person sees when a use case did not succeed: decided here, for all.

use std::sync::Arc;

use axum::{
    body::HttpBody,
    extract::{Request, State},
    http::{HeaderValue, Method, StatusCode, header},
    middleware::Next,
    response::{IntoResponse, Response},
};
use leptos::prelude::*;
use service::Error;
use tower_sessions::session::Error as SessionError;

use crate::{
    Site,
    given_back::{Way, given_back},
    i18n::t,
    visit::Visit,
};

/// The kind of trouble of those who have to sign in first.
const SIGNED_OUT: &str = "signed-out";
/// So many seconds after which what is away may be back.
const SOON: u64 = 5;

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

impl Failure {
    /// The session of whoever sent a form has ended. Not 401, which has to say by
    /// what scheme to sign in (RFC 9110 §15.5.2): by none that browsers know.
    pub(crate) fn signed_out() -> Response {
        let status = StatusCode::FORBIDDEN;
        let mut response = status.into_response();
        let key = SIGNED_OUT;
        response.extensions_mut().insert(Trouble { status, key });
        response
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

impl Trouble {
    /// The trouble that a response tells of and does not explain: what a failure
    /// left, or a bare status of the layers around the site.
    fn unexplained(response: &Response) -> Option<Self> {
        if let Some(left) = response.extensions().get::<Self>() {
            return Some(*left);
        }
        let status = response.status();
        let is_bare = response.body().size_hint().exact() == Some(0);
        let key = match status {
            _ if !is_bare => return None,
            StatusCode::FORBIDDEN => "cross-site",
            StatusCode::NOT_FOUND | StatusCode::METHOD_NOT_ALLOWED => "not-found",
            StatusCode::PAYLOAD_TOO_LARGE => "too-large",
            StatusCode::TOO_MANY_REQUESTS => "too-many",
            StatusCode::SERVICE_UNAVAILABLE => "unavailable",
            status if status.is_client_error() => "unreadable",
            status if status.is_server_error() => "failed",
            _ => return None,
        };
        Some(Self { status, key })
    }

    /// What somebody can do with what they typed.
    fn way(self) -> Way {
        match self.status {
            _ if self.key == SIGNED_OUT => Way::SignIn,
            StatusCode::NOT_FOUND | StatusCode::METHOD_NOT_ALLOWED => Way::Elsewhere,
            StatusCode::TOO_MANY_REQUESTS
            | StatusCode::INTERNAL_SERVER_ERROR
            | StatusCode::SERVICE_UNAVAILABLE => Way::Again,
            _ => Way::Page,
        }
    }
}

impl IntoResponse for Failure {
    fn into_response(self) -> Response {
        let (status, key) = match &self.0 {
            Error::NotFound => (StatusCode::NOT_FOUND, "not-found"),
            Error::Invalid(_) => (StatusCode::UNPROCESSABLE_ENTITY, "invalid"),
            Error::Refused(code) => (StatusCode::CONFLICT, *code),
            Error::Stale => (StatusCode::CONFLICT, "stale"),
            Error::TooMany(_) => (StatusCode::TOO_MANY_REQUESTS, "too-many"),
            away @ (Error::Unavailable(_) | Error::FilesAway(_)) => {
                tracing::error!(cause = %away, "a store is away");
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
            Error::Unavailable(_) | Error::FilesAway(_) => Some(SOON),
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

/// Around everything: what went wrong before it was known who asks, or was
/// refused before it came to a page, is said in words as well.
pub async fn explain(State(site): State<Site>, mut request: Request, next: Next) -> Response {
    let visit = Visit::of_nobody(site, request.headers(), request.uri());
    // Whatever reads the form further in, it is known here as well.
    request.extensions_mut().insert(Arc::clone(&visit.typed));
    let only_head = request.method() == Method::HEAD;
    let response = next.run(request).await;
    if only_head {
        response
    } else {
        explained(&visit, response)
    }
}

/// The response, with the page that says what went wrong and what to do if it
/// lacks one.
pub(crate) fn explained(visit: &Visit, response: Response) -> Response {
    let Some(trouble) = Trouble::unexplained(&response) else {
        return response;
    };
    let (bare, _) = response.into_parts();
    let mut page = trouble_page(visit, trouble);
    for (name, value) in bare.headers {
        if let Some(name) = name
            && name != header::CONTENT_LENGTH
            && name != header::CONTENT_TYPE
        {
            page.headers_mut().append(name, value);
        }
    }
    if trouble.status == StatusCode::SERVICE_UNAVAILABLE {
        page.headers_mut()
            .entry(header::RETRY_AFTER)
            .or_insert(HeaderValue::from(SOON));
    }
    page
}

fn trouble_page(visit: &Visit, trouble: Trouble) -> Response {
    let Trouble { status, key } = trouble;
    let title = visit.t(&format!("trouble-{key}-title"));
    let heading = title.clone();
    let typed = visit.typed.get().cloned();
    let address = visit.address().to_owned();
    visit
        .page(title, move || {
            view! {
                <h1>{heading}</h1>
                <p class="lead">{t!(&format!("trouble-{key}-text"))}</p>
                {typed.map(|form| given_back(&form, address, trouble.way()))}
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
