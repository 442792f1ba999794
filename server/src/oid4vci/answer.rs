//! What is answered to what can't be done: errors as `OAuth` 2.0 and `OpenID4VCI` name them.

use axum::{
    Json,
    http::{HeaderMap, HeaderValue, StatusCode, header},
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

/// What a use case said to a wallet.
pub(super) fn denied(cause: &WalletError) -> Response {
    match cause {
        WalletError::Denied(denial) => {
            let (error, description) = named(*denial);
            refused(error, description)
        }
        WalletError::Failed(cause) => failed(cause),
    }
}

/// What could not be done.
pub(super) fn failed(cause: &Error) -> Response {
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

/// The token of a request, if it brings one.
pub(super) fn bearer(headers: &HeaderMap) -> Option<String> {
    let value = headers.get(header::AUTHORIZATION)?.to_str().ok()?;
    let (scheme, token) = value.split_once(' ')?;
    scheme
        .eq_ignore_ascii_case("bearer")
        .then(|| token.trim().to_owned())
}
