//! Style sheet, islands and pictures, carried inside the binary.

use std::{borrow::Cow, sync::LazyLock};

use app::Routes;
use axum::{
    extract::Path,
    http::{HeaderMap, HeaderValue, StatusCode, header},
    response::{IntoResponse, Response},
    routing::get,
};
use rust_embed::{Embed, EmbeddedFile};
use sha2::{Digest, Sha256};

/// What cargo-leptos built. A debug build reads the folder as it is now.
#[derive(Embed)]
#[folder = "$CAIRN_SITE"]
#[allow_missing = true]
struct Site;

/// `/assets/{hash}`: another build, another address, so that browsers may keep
/// what they have for ever.
pub(crate) static ROOT: LazyLock<String> = LazyLock::new(|| {
    let mut hash = Sha256::new();
    let mut names: Vec<Cow<'static, str>> = Site::iter().collect();
    names.sort_unstable();
    for name in names {
        hash.update(name.as_bytes());
        hash.update(
            Site::get(&name)
                .map(|file| file.metadata.sha256_hash())
                .unwrap_or_default(),
        );
    }
    let digits: String = hash
        .finalize()
        .iter()
        .take(8)
        .map(|byte| format!("{byte:02x}"))
        .collect();
    format!("/assets/{digits}")
});

/// Whether `cargo leptos watch` changes the folder while this runs.
static IS_WATCHED: LazyLock<bool> = LazyLock::new(|| std::env::var_os("LEPTOS_WATCH").is_some());

pub(crate) fn routes() -> Routes<()> {
    Routes::new()
        .route("/assets/{hash}/{*name}", get(serve))
        .route("/favicon.ico", get(favicon))
}

async fn favicon(headers: HeaderMap) -> Response {
    // Its address is the same in every build.
    send("favicon.ico", &headers, "public, max-age=86400")
}

async fn serve(Path((build, name)): Path<(String, String)>, headers: HeaderMap) -> Response {
    // While servers are replaced one by one, a page of the new build may ask the
    // old one: what that has must not be kept under the new build's address.
    let keep = if ROOT.strip_prefix("/assets/") == Some(build.as_str()) && !*IS_WATCHED {
        "public, max-age=31536000, immutable"
    } else {
        "no-store"
    };
    send(&name, &headers, keep)
}

fn send(name: &str, headers: &HeaderMap, keep: &'static str) -> Response {
    let brotli = headers
        .get(header::ACCEPT_ENCODING)
        .and_then(|value| value.to_str().ok())
        .is_some_and(|accepted| accepted.split(',').any(|coding| coding.trim().starts_with("br")));
    let packed = brotli.then(|| find(&format!("{name}.br"))).flatten();
    let is_packed = packed.is_some();
    let Some(file) = packed.or_else(|| find(name)) else {
        return StatusCode::NOT_FOUND.into_response();
    };
    let mut response = file.data.into_response();
    let headers = response.headers_mut();
    headers.insert(header::CONTENT_TYPE, HeaderValue::from_static(media_type(name)));
    headers.insert(header::CACHE_CONTROL, HeaderValue::from_static(keep));
    headers.insert(header::VARY, HeaderValue::from_static("accept-encoding"));
    if is_packed {
        headers.insert(header::CONTENT_ENCODING, HeaderValue::from_static("br"));
    }
    response
}

fn find(name: &str) -> Option<EmbeddedFile> {
    Site::get(&format!("pkg/{name}")).or_else(|| Site::get(name))
}

fn media_type(name: &str) -> &'static str {
    match name.rsplit('.').next() {
        Some("css") => "text/css; charset=utf-8",
        Some("js") => "text/javascript; charset=utf-8",
        Some("wasm") => "application/wasm",
        Some("ico") => "image/x-icon",
        Some("svg") => "image/svg+xml",
        Some("png") => "image/png",
        _ => "application/octet-stream",
    }
}
