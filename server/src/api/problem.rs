//! What went wrong, as RFC 9457 has it.

use axum::{
    http::{HeaderValue, StatusCode, header},
    response::{IntoResponse, Response},
};
use serde_json::json;

const KIND: HeaderValue = HeaderValue::from_static("application/problem+json");

/// A refusal with a sentence about it.
pub(super) fn problem(status: StatusCode, detail: &str) -> Response {
    let title = status.canonical_reason().unwrap_or("refused");
    let body = json!({ "title": title, "status": status.as_u16(), "detail": detail });
    (status, [(header::CONTENT_TYPE, KIND)], body.to_string()).into_response()
}

/// The same of what the layers and extractors around an endpoint refused.
pub(super) async fn explained(response: Response) -> Response {
    let status = response.status();
    let is_said = response.headers().get(header::CONTENT_TYPE) == Some(&KIND);
    if is_said || !(status.is_client_error() || status.is_server_error()) {
        return response;
    }
    let detail = match status {
        StatusCode::PAYLOAD_TOO_LARGE => "More was sent at once than is taken.",
        StatusCode::TOO_MANY_REQUESTS => "Too much was asked from this address. Try again in a little while.",
        StatusCode::METHOD_NOT_ALLOWED => "This address takes other methods; the header Allow says which.",
        status if status.is_client_error() => "What was sent could not be read.",
        _ => "It could not be done now.",
    };
    let mut said = problem(status, detail);
    for name in [header::RETRY_AFTER, header::ALLOW] {
        if let Some(value) = response.headers().get(&name) {
            said.headers_mut().insert(name, value.clone());
        }
    }
    said
}
