//! Requests that change something say where they come from.

use axum::{
    extract::Request,
    http::{StatusCode, header},
    middleware::Next,
    response::{IntoResponse, Response},
};

/// The cross-site check looks at `Sec-Fetch-Site`, or else at `Origin`, and lets
/// pass what has neither, because that cannot come from a browser of the last
/// years. But then it need not: whoever writes to us without one may add it.
pub(crate) async fn require(request: Request, next: Next) -> Response {
    let headers = request.headers();
    let says = ["sec-fetch-site", header::ORIGIN.as_str()]
        .iter()
        .any(|name| headers.get(*name).is_some_and(|value| !value.is_empty()));
    if request.method().is_safe() || says {
        next.run(request).await
    } else {
        StatusCode::FORBIDDEN.into_response()
    }
}
