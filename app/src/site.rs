//! What every page needs from the server, and the way to every page.

use std::sync::Arc;

use axum::{Router, extract::FromRef, middleware};
use leptos::server_fn::axum::server_fn_paths;
use service::Installation;

use crate::{failure::nothing_here, pages, visit::welcome};

/// Where the browser finds what pages link to.
#[derive(Debug, Clone, Default)]
pub struct Assets {
    /// The folder, with the hash of what is in it: `/assets/3f9c…`.
    pub root: String,
}

/// What a page is drawn with.
#[derive(Debug, Clone, FromRef)]
pub struct Site {
    /// The use cases' ground.
    pub installation: Arc<Installation>,
    /// Style sheet and scripts.
    pub assets: Arc<Assets>,
}

/// Every page. The session layer must be around it.
pub fn router(site: Site) -> Router {
    let (pages, _) = pages::routes().into_parts();
    pages
        .fallback(nothing_here)
        .layer(middleware::from_fn_with_state(site.clone(), welcome))
        .with_state(site)
}

/// The paths of all pages, and of each function that islands call.
#[must_use]
pub fn paths() -> Vec<&'static str> {
    let mut paths = pages::routes().into_parts().1;
    paths.retain(|path| *path != pages::FUNCTIONS);
    paths.extend(server_fn_paths().map(|(path, _)| path));
    paths
}
