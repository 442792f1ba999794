//! Badges into other wallets: `OpenID` for Verifiable Credential Issuance 1.0 with the
//! pre-authorised code flow. Each tenant is an issuer, and its own authorization server.
//! For anybody, from any origin, without a cookie: a code or a token is all that counts.

mod answer;
mod credential;
mod metadata;
mod token;

use std::sync::Arc;

use app::Routes;
use axum::{
    Router,
    extract::{DefaultBodyLimit, Request},
    http::{HeaderName, HeaderValue, StatusCode, header},
    middleware::{self, Next},
    response::{IntoResponse, Response},
    routing::{MethodRouter, get, post},
};
use service::{Ctx, Installation, Result, tenancy};
use tower_http::catch_panic::CatchPanicLayer;

use crate::{
    http::failed,
    limits::{self, Limits},
};

/// Bytes of a request: a few proofs.
const LARGEST: usize = 256 * 1024;

/// Where a code is exchanged: it must not be guessed by trying.
pub(crate) const TOKEN: &str = "/oid4vci/{tenant}/token";

pub(crate) fn routes() -> Routes<Arc<Installation>> {
    Routes::new()
        .route(
            "/.well-known/openid-credential-issuer/t/{tenant}",
            get(metadata::issuer),
        )
        .route(
            "/.well-known/oauth-authorization-server/t/{tenant}",
            get(metadata::authorization_server),
        )
        .route(TOKEN, asked(post(token::exchange)))
        .route("/oid4vci/{tenant}/nonce", asked(post(credential::nonce)))
        .route("/oid4vci/{tenant}/credential", asked(post(credential::give)))
        .route("/oid4vci/{tenant}/notification", asked(post(credential::told)))
}

/// The routes with what is around them.
pub(crate) fn router(installation: &Arc<Installation>, limits: Option<Limits>) -> Router {
    let mut router = routes()
        .into_parts()
        .0
        .with_state(Arc::clone(installation))
        .layer(DefaultBodyLimit::max(LARGEST));
    if let Some(limits) = limits {
        router = router.layer(middleware::from_fn_with_state(limits, limits::limit));
    }
    router
        .layer(CatchPanicLayer::custom(failed))
        .layer(middleware::from_fn(for_any_origin))
}

fn asked(method: MethodRouter<Arc<Installation>>) -> MethodRouter<Arc<Installation>> {
    method.options(preflight)
}

/// What a browser asks before it sends something for a page of another origin.
async fn preflight() -> impl IntoResponse {
    let headers = [
        (header::ACCESS_CONTROL_ALLOW_METHODS, "POST"),
        (
            header::ACCESS_CONTROL_ALLOW_HEADERS,
            "authorization, content-type",
        ),
        (header::ACCESS_CONTROL_MAX_AGE, "86400"),
    ];
    (StatusCode::NO_CONTENT, headers)
}

async fn for_any_origin(request: Request, next: Next) -> Response {
    let mut response = next.run(request).await;
    for (name, value) in [
        (header::ACCESS_CONTROL_ALLOW_ORIGIN, "*"),
        (
            HeaderName::from_static("cross-origin-resource-policy"),
            "cross-origin",
        ),
    ] {
        response
            .headers_mut()
            .insert(name, HeaderValue::from_static(value));
    }
    response
}

/// The tenant with this part of the address, as nobody in particular.
async fn issuer(installation: &Arc<Installation>, slug: &str) -> Result<(tenancy::Tenant, Ctx)> {
    tenancy::enter(installation, slug, None).await
}
