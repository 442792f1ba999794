//! What is answered to what can't be done: errors as `OAuth` 2.0 and `OpenID4VCI` name them.

use axum::{
    Json,
    extract::FromRequestParts,
    http::{HeaderValue, StatusCode, header, request::Parts},
    response::{IntoResponse, Response},
};
use serde_json::{Value, json};
use service::{
    Error,
    wallet::offer::{Denial, WalletError},
};

/// Nothing that is answered here is kept by anybody in between.
pub(super) fn fresh(body: Value) -> Response {
    with_status(StatusCode::OK, &body)
}

/// An error of this name.
pub(super) fn refused(error: &str, description: &str) -> Response {
    let status = if error == "invalid_token" {
        StatusCode::UNAUTHORIZED
    } else {
        StatusCode::BAD_REQUEST
    };
    with_status(
        status,
        &json!({ "error": error, "error_description": description }),
    )
}

fn with_status(status: StatusCode, body: &Value) -> Response {
    let mut response = (status, Json(body)).into_response();
    let headers = response.headers_mut();
    headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
    if status == StatusCode::UNAUTHORIZED {
        headers.insert(
            header::WWW_AUTHENTICATE,
            HeaderValue::from_static("Bearer error=\"invalid_token\""),
        );
    }
    response
}

/// A wallet gets nothing, and is told why.
pub(super) struct Nothing(WalletError);

impl From<WalletError> for Nothing {
    fn from(cause: WalletError) -> Self {
        Self(cause)
    }
}

impl From<Error> for Nothing {
    fn from(cause: Error) -> Self {
        Self(cause.into())
    }
}

impl IntoResponse for Nothing {
    fn into_response(self) -> Response {
        match self.0 {
            WalletError::Denied(denial) => {
                let (error, description) = named(denial);
                refused(error, description)
            }
            WalletError::Failed(cause) => failed(&cause),
        }
    }
}

fn failed(cause: &Error) -> Response {
    match cause {
        Error::Refused(_) => refused("credential_request_denied", "The badge is not given any more."),
        Error::NotFound => StatusCode::NOT_FOUND.into_response(),
        Error::Unavailable(cause) => {
            tracing::error!(%cause, "the database is away");
            (StatusCode::SERVICE_UNAVAILABLE, [(header::RETRY_AFTER, "10")]).into_response()
        }
        cause => {
            tracing::error!(%cause, "a badge could not be given to a wallet");
            StatusCode::INTERNAL_SERVER_ERROR.into_response()
        }
    }
}

fn named(denial: Denial) -> (&'static str, &'static str) {
    match denial {
        Denial::Code => (
            "invalid_grant",
            "The code is none, was taken, or is past its time.",
        ),
        Denial::Pin => ("invalid_grant", "The transaction code is wrong."),
        Denial::PinMissing => ("invalid_request", "The transaction code is missing."),
        Denial::NoPin => ("invalid_request", "No transaction code was asked for."),
        Denial::Token => ("invalid_token", "The token is none, or past its time."),
        Denial::Proofs => ("invalid_proof", "From 1 to 8 proofs are taken."),
        Denial::Proof => ("invalid_proof", "A proof does not hold for here and now."),
        Denial::Nonce => ("invalid_nonce", "The nonce is none of ours, or past its time."),
        Denial::Notification => (
            "invalid_notification_id",
            "It is the name of nothing that was given.",
        ),
        Denial::NotInForce => ("credential_request_denied", "The badge does not count any more."),
    }
}

/// The token that a request brings.
pub(super) struct Bearer(pub(super) String);

impl<S: Sync> FromRequestParts<S> for Bearer {
    type Rejection = Response;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, Response> {
        let value = parts.headers.get(header::AUTHORIZATION);
        let value = value.and_then(|value| value.to_str().ok());
        value
            .and_then(|value| value.split_once(' '))
            .filter(|(scheme, _)| scheme.eq_ignore_ascii_case("bearer"))
            .map(|(_, token)| Self(token.trim().to_owned()))
            .ok_or_else(|| refused("invalid_token", "There is no token."))
    }
}
