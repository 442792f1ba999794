//! What islands ask of the server. Each function authorises for itself.

use axum::{
    extract::Request,
    response::{IntoResponse, Response},
};
use leptos::prelude::provide_context;
use leptos_axum::handle_server_fns_with_context;

use crate::visit::Visit;

/// Calls the function that the path names, with the visit at hand.
pub(crate) async fn call(visit: Visit, request: Request) -> Response {
    handle_server_fns_with_context(move || provide_context(visit.clone()), request)
        .await
        .into_response()
}
