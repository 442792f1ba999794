//! What other software asks us, at `/api/v1`: for anybody, from any origin,
//! without a cookie. What it takes and answers is described in `openapi.json`,
//! and a test holds the two together.

mod problem;
mod verify;

use std::{sync::Arc, time::Duration};

use app::Routes;
use axum::{
    Router,
    extract::{DefaultBodyLimit, Request},
    http::{StatusCode, header},
    middleware::{self, Next},
    response::{IntoResponse, Response},
    routing::{get, post},
};
use service::{Installation, credential};
use tokio::time::timeout;
use tower_http::catch_panic::CatchPanicLayer;

use crate::{
    any_origin::{preflight, readable},
    held::{self, Rooms},
    http::failed,
    limits::{self, Limits},
};

/// Bytes of all that is sent to be checked at once, one badge or several.
const MOST_BYTES: usize = credential::LONGEST_TEXT;
/// Sooner than the site around it gives up, which would say so to people.
const LONGEST: Duration = Duration::from_secs(25);

pub(crate) fn routes() -> Routes<Arc<Installation>> {
    Routes::new()
        .route(
            verify::PATH,
            post(verify::check).options(|| preflight("content-type")),
        )
        .route("/api/v1/openapi.json", get(described))
}

/// The routes with what is around them.
pub(crate) fn router(installation: &Arc<Installation>, limits: Option<Limits>, rooms: Rooms) -> Router {
    let mut router = routes()
        .into_parts()
        .0
        .with_state(Arc::clone(installation))
        .layer(DefaultBodyLimit::max(MOST_BYTES))
        .layer(middleware::from_fn_with_state(rooms, held::hold));
    if let Some(limits) = limits {
        router = router.layer(middleware::from_fn_with_state(limits, limits::limit));
    }
    router
        .layer(CatchPanicLayer::custom(failed))
        .layer(middleware::from_fn(in_time))
        // What was refused is said as software reads it.
        .layer(middleware::map_response(problem::explained))
        .layer(middleware::from_fn(readable))
}

async fn in_time(request: Request, next: Next) -> Response {
    timeout(LONGEST, next.run(request))
        .await
        .unwrap_or_else(|_| StatusCode::SERVICE_UNAVAILABLE.into_response())
}

async fn described() -> impl IntoResponse {
    let headers = [
        (header::CONTENT_TYPE, "application/json"),
        (header::CACHE_CONTROL, "public, max-age=300"),
    ];
    (headers, include_str!("openapi.json"))
}
