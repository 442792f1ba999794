//! What islands ask of the server. Each function authorises for itself.

use axum::{
    body::{Body, to_bytes},
    extract::Request,
    http::StatusCode,
    response::{IntoResponse, Response},
};
use leptos::prelude::provide_context;
use leptos_axum::handle_server_fns_with_context;

use crate::{islands::CallError, visit::Visit};

/// No error is longer.
const LONGEST_ERROR: usize = 1_024;

/// Calls the function that the path names, with the visit at hand.
pub(crate) async fn call(visit: Visit, request: Request) -> Response {
    let answer = handle_server_fns_with_context(move || provide_context(visit.clone()), request)
        .await
        .into_response();
    if answer.status() == StatusCode::INTERNAL_SERVER_ERROR {
        with_its_status(answer).await
    } else {
        answer
    }
}

/// Whatever a function returns as an error is sent as status 500; here it gets
/// the one that a page would have.
async fn with_its_status(answer: Response) -> Response {
    let (mut head, body) = answer.into_parts();
    let Ok(body) = to_bytes(body, LONGEST_ERROR).await else {
        return head.into_response();
    };
    if let Ok(error) = serde_json::from_slice::<CallError>(&body) {
        head.status = match error {
            // As for a page: 401 would have to name a scheme.
            CallError::SignedOut => StatusCode::FORBIDDEN,
            CallError::NotFound => StatusCode::NOT_FOUND,
            CallError::Refused => StatusCode::CONFLICT,
            CallError::Unreadable => StatusCode::BAD_REQUEST,
            CallError::Failed => StatusCode::INTERNAL_SERVER_ERROR,
        };
    }
    Response::from_parts(head, Body::from(body))
}
