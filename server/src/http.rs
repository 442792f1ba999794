//! Everything that answers over HTTP, and the layers around it.

use std::{sync::Arc, time::Duration};

use app::{Assets, Site};
use axum::{
    Router,
    extract::{DefaultBodyLimit, State},
    http::{HeaderName, HeaderValue, StatusCode, header},
    middleware,
    routing::get,
};
use axum_prometheus::PrometheusMetricLayer;
use service::Installation;
use tower_http::{
    catch_panic::CatchPanicLayer, compression::CompressionLayer, csrf::CsrfLayer,
    set_header::SetResponseHeaderLayer, timeout::TimeoutLayer, trace::TraceLayer,
};
use tower_sessions::{Expiry, SessionManagerLayer, cookie::SameSite};

use crate::{
    assets,
    config::Config,
    limits::{self, Limits},
    sessions::Sessions,
};

/// No form is larger; uploads set their own limit.
const LARGEST_FORM: usize = 1 << 20;
/// No request takes longer.
const LONGEST: Duration = Duration::from_secs(30);
/// A session ends when nobody has come for so long.
const SESSION: time::Duration = time::Duration::days(30);

/// The whole site.
pub fn router(config: &Config, installation: &Arc<Installation>) -> Router {
    let secure = installation.base_url.scheme() == "https";
    let sessions = SessionManagerLayer::new(Sessions::new(Arc::clone(installation)))
        // The prefix pins the cookie to this host, but browsers take it only with Secure.
        .with_name(if secure { "__Host-cairn" } else { "cairn" })
        .with_http_only(true)
        .with_secure(secure)
        .with_same_site(SameSite::Lax)
        .with_expiry(Expiry::OnInactivity(SESSION));
    let site = Site {
        installation: Arc::clone(installation),
        assets: Arc::new(Assets {
            root: assets::ROOT.clone(),
        }),
    };
    let mut pages = app::router(site).layer(sessions).layer(CsrfLayer::new());
    if let Some(limits) = Limits::new(config.behind_proxy) {
        pages = pages.layer(middleware::from_fn_with_state(limits, limits::limit));
    }
    let (counting, counts) = PrometheusMetricLayer::pair();
    let mut all = Router::new()
        .merge(assets::router())
        .merge(pages)
        .layer(counting)
        .route("/metrics", get(move || async move { counts.render() }))
        .merge(probes(installation))
        .layer(DefaultBodyLimit::max(LARGEST_FORM))
        .layer(CatchPanicLayer::new())
        .layer(TimeoutLayer::with_status_code(
            StatusCode::SERVICE_UNAVAILABLE,
            LONGEST,
        ))
        .layer(CompressionLayer::new())
        .layer(TraceLayer::new_for_http());
    for (name, value) in [
        (header::X_CONTENT_TYPE_OPTIONS, "nosniff"),
        (header::REFERRER_POLICY, "same-origin"),
        (
            HeaderName::from_static("cross-origin-opener-policy"),
            "same-origin",
        ),
        (
            HeaderName::from_static("permissions-policy"),
            "camera=(self), geolocation=(), microphone=()",
        ),
    ] {
        all = all.layer(SetResponseHeaderLayer::if_not_present(
            name,
            HeaderValue::from_static(value),
        ));
    }
    if secure {
        all = all.layer(SetResponseHeaderLayer::if_not_present(
            header::STRICT_TRANSPORT_SECURITY,
            HeaderValue::from_static("max-age=63072000; includeSubDomains"),
        ));
    }
    all
}

/// Is the process up, and can it work?
fn probes(installation: &Arc<Installation>) -> Router {
    Router::new()
        .route("/healthz", get(|| async { "ok\n" }))
        .route("/readyz", get(ready))
        .with_state(Arc::clone(installation))
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
