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
    extract::DefaultBodyLimit,
    middleware,
    routing::{MethodRouter, get, post},
};
use service::{
    Installation, Result,
    tenancy::{self, Tenant},
};
use tower_http::catch_panic::CatchPanicLayer;

use crate::{
    any_origin::{preflight, readable},
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
        .layer(middleware::from_fn(readable))
}

fn asked(method: MethodRouter<Arc<Installation>>) -> MethodRouter<Arc<Installation>> {
    method.options(|| preflight("authorization, content-type"))
}

/// The tenant with this part of the address, as nobody in particular.
async fn issuer(installation: &Arc<Installation>, slug: &str) -> Result<Tenant> {
    Ok(tenancy::enter(installation, slug, None).await?.0)
}
