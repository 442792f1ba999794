//! Everything that answers over HTTP, and the layers around it.

use std::{any::Any, sync::Arc, time::Duration};

use app::{Assets, Routes, Site};
use axum::{
    Router,
    extract::{DefaultBodyLimit, MatchedPath, Request, State},
    http::{HeaderName, HeaderValue, StatusCode, header},
    middleware::{self, Next},
    response::{IntoResponse, Response},
    routing::get,
};
use service::{Installation, identity::sessions::LONGEST as LONGEST_SESSION};
use tokio::time::timeout;
use tower_http::{
    catch_panic::CatchPanicLayer,
    compression::{
        CompressionLayer,
        predicate::{DefaultPredicate, NotForContentType, Predicate},
    },
    csrf::CsrfLayer,
    set_header::SetResponseHeaderLayer,
    trace::TraceLayer,
};
use tower_sessions::{Expiry, SessionManagerLayer, cookie::SameSite};
use tracing::Span;

use crate::{
    api, assets,
    config::Config,
    held::{self, Rooms},
    limits::{self, Limits},
    oid4vci, origin,
    sessions::Sessions,
};

/// No form is larger; uploads set their own limit.
const LARGEST_FORM: usize = 1 << 20;
/// No request takes longer,
const LONGEST: Duration = Duration::from_secs(30);
/// but for files, which may come from a poor network.
const LONGEST_UPLOAD: Duration = Duration::from_mins(10);

/// The whole site.
pub fn router(config: &Config, installation: &Arc<Installation>) -> Router {
    let site = Site {
        installation: Arc::clone(installation),
        assets: Arc::new(Assets {
            root: assets::ROOT.clone(),
        }),
    };
    let rooms = Rooms::new();
    let mut pages = app::router(site.clone())
        .layer(middleware::from_fn_with_state(rooms.clone(), held::hold))
        .layer(sessions(installation))
        .layer(CsrfLayer::new())
        .layer(middleware::from_fn(origin::require));
    let limits = Limits::new(config.behind_proxy);
    if let Some(limits) = limits.clone() {
        pages = pages.layer(middleware::from_fn_with_state(limits, limits::limit));
    }
    let all = Router::new()
        .merge(assets::routes().into_parts().0)
        .merge(pages)
        // Outside of sessions and of the cross-site check: it knows nobody by a
        // cookie, so there is nobody in whose name another site could ask.
        .merge(api::router(installation, limits.clone(), rooms))
        .merge(oid4vci::router(installation, limits))
        .merge(probes().into_parts().0.with_state(Arc::clone(installation)))
        .layer(DefaultBodyLimit::max(LARGEST_FORM))
        .layer(CatchPanicLayer::custom(failed))
        .layer(middleware::from_fn(in_time))
        .layer(middleware::from_fn_with_state(site, app::explain))
        .layer(middleware::from_fn(note_refused))
        .layer(CompressionLayer::new().compress_when(may_shrink()))
        .layer(TraceLayer::new_for_http().make_span_with(span));
    with_headers(all, is_secure(installation))
}

/// Films and papers are packed already, and a browser that knows their length
/// can go on where a poor network cut it off.
fn may_shrink() -> impl Predicate {
    DefaultPredicate::new()
        .and(NotForContentType::const_new("video/"))
        .and(NotForContentType::const_new("audio/"))
        .and(NotForContentType::const_new("application/pdf"))
}

fn is_secure(installation: &Installation) -> bool {
    installation.base_url.scheme() == "https"
}

fn sessions(installation: &Arc<Installation>) -> SessionManagerLayer<Sessions> {
    let secure = is_secure(installation);
    // The browser may keep the cookie for as long as any session can last; when
    // this one ends is the store's to say.
    let longest = time::Duration::try_from(LONGEST_SESSION).unwrap_or(time::Duration::MAX);
    SessionManagerLayer::new(Sessions::new(Arc::clone(installation)))
        // The prefix pins the cookie to this host, but browsers take it only with Secure.
        .with_name(if secure { "__Host-cairn" } else { "cairn" })
        .with_http_only(true)
        .with_secure(secure)
        .with_same_site(SameSite::Lax)
        .with_expiry(Expiry::OnInactivity(longest))
}

/// What goes with every answer that does not say otherwise.
fn with_headers(mut site: Router, secure: bool) -> Router {
    for (name, value) in [
        (header::X_CONTENT_TYPE_OPTIONS, "nosniff"),
        (header::REFERRER_POLICY, "same-origin"),
        (
            header::CONTENT_SECURITY_POLICY,
            "default-src 'none'; frame-ancestors 'none'",
        ),
        (
            HeaderName::from_static("cross-origin-opener-policy"),
            "same-origin",
        ),
        (
            HeaderName::from_static("permissions-policy"),
            "camera=(self), geolocation=(), microphone=()",
        ),
    ] {
        site = site.layer(SetResponseHeaderLayer::if_not_present(
            name,
            HeaderValue::from_static(value),
        ));
    }
    if secure {
        // Of other names under ours we know nothing: they are not spoken for.
        site = site.layer(SetResponseHeaderLayer::if_not_present(
            header::STRICT_TRANSPORT_SECURITY,
            HeaderValue::from_static("max-age=63072000"),
        ));
    }
    site
}

/// What was sent and not taken leaves a line in the log.
async fn note_refused(request: Request, next: Next) -> Response {
    let is_sent = !request.method().is_safe();
    let response = next.run(request).await;
    let status = response.status();
    // A form with a mistake in it comes back to who filled it in.
    if is_sent && status.is_client_error() && status != StatusCode::UNPROCESSABLE_ENTITY {
        tracing::info!(status = status.as_u16(), "refused what was sent");
    }
    response
}

async fn in_time(request: Request, next: Next) -> Response {
    let longest = if is_upload(&request) {
        LONGEST_UPLOAD
    } else {
        LONGEST
    };
    timeout(longest, next.run(request))
        .await
        .unwrap_or_else(|_| StatusCode::SERVICE_UNAVAILABLE.into_response())
}

fn is_upload(request: &Request) -> bool {
    let kind = request.headers().get(header::CONTENT_TYPE);
    let path = request.uri().path();
    // A tenant's files, and photographs of badges by anybody.
    (path.starts_with("/t/") || path == "/verify") && kind.is_some_and(held::is_file)
}

/// In the log stands the route: addresses hold the secrets of links.
fn span(request: &Request) -> Span {
    let route = request
        .extensions()
        .get::<MatchedPath>()
        .map_or("none", MatchedPath::as_str);
    tracing::info_span!("request", method = %request.method(), route)
}

#[expect(
    clippy::needless_pass_by_value,
    reason = "the shape that CatchPanicLayer takes"
)]
pub(crate) fn failed(panic: Box<dyn Any + Send>) -> Response {
    let said = panic
        .downcast_ref::<&str>()
        .copied()
        .or_else(|| panic.downcast_ref::<String>().map(String::as_str));
    tracing::error!(said, "a request panicked");
    StatusCode::INTERNAL_SERVER_ERROR.into_response()
}

/// Every path that something answers at.
#[must_use]
pub fn paths() -> Vec<&'static str> {
    let mut paths = app::paths();
    paths.extend(assets::routes().into_parts().1);
    paths.extend(api::routes().into_parts().1);
    paths.extend(oid4vci::routes().into_parts().1);
    paths.extend(probes().into_parts().1);
    paths
}

/// Is the process up, and can it work?
fn probes() -> Routes<Arc<Installation>> {
    Routes::new()
        .route("/healthz", get(|| async { "ok\n" }))
        .route("/readyz", get(ready))
}

async fn ready(State(installation): State<Arc<Installation>>) -> (StatusCode, &'static str) {
    match installation.db.ping().await {
        Ok(()) => (StatusCode::OK, "ready\n"),
        Err(cause) => {
            tracing::error!(%cause, "the database is away");
            (StatusCode::SERVICE_UNAVAILABLE, "the database is away\n")
        }
    }
}

#[cfg(test)]
mod tests {
    use axum::body::Body;

    use super::*;

    #[test]
    fn what_brings_a_file_has_longer_than_a_form() {
        let comes = |path: &str, kind: &str| {
            let request = axum::http::Request::post(path).header(header::CONTENT_TYPE, kind);
            is_upload(&request.body(Body::empty()).unwrap())
        };
        let file = "multipart/form-data; boundary=x";
        assert!(comes("/t/harbour/teach/files", file));
        assert!(comes("/verify", file));
        assert!(!comes("/verify", "application/x-www-form-urlencoded"));
        assert!(!comes("/verify-email", file));
        assert!(!comes("/sign-in", file));
    }
}
