//! `/log/{log}/…`: the public log as others read it (C2SP tlog-tiles), and
//! `/c/{credential}/proof`: that a badge is in it.

use axum::{extract::Path, http::HeaderValue, response::Response};
use domain::{Timestamp, log::Tile};
use leptos::prelude::*;
use service::{Error, SystemCtx, log};

use super::{
    documents::open,
    forms::{self, kept},
};
use crate::{failure::Failure, i18n::t, ui::day, visit::Visit};

/// It grows at any moment.
const AT_ONCE: &str = "public, max-age=0, must-revalidate";
/// It is what it is for ever.
const FOR_EVER: &str = "public, max-age=31536000, immutable";
const TEXT: &str = "text/plain; charset=utf-8";

pub(super) async fn checkpoint(visit: Visit, Path(log): Path<String>) -> Result<Response, Failure> {
    let checkpoint = log::checkpoint(&system(&visit), &log).await?;
    Ok(answer(TEXT, AT_ONCE, checkpoint))
}

pub(super) async fn key(visit: Visit, Path(log): Path<String>) -> Result<Response, Failure> {
    let key = log::log_key(&system(&visit), &log).await?;
    Ok(answer(TEXT, AT_ONCE, format!("{key}\n")))
}

pub(super) async fn tile(
    visit: Visit,
    Path((log, address)): Path<(String, String)>,
) -> Result<Response, Failure> {
    let tile: Tile = address.parse().map_err(|_| Error::NotFound)?;
    let bytes = log::tile(&system(&visit), &log, tile).await?;
    Ok(answer("application/octet-stream", FOR_EVER, bytes))
}

/// For whoever may see the badge, or has it and names the hash of its document.
pub(super) async fn proof(visit: Visit, id: Path<String>) -> Result<Response, Failure> {
    if let Some(hash) = visit.query("document") {
        let id = id.parse().map_err(|_| Error::NotFound)?;
        let proof = log::proof_of_document(&system(&visit), id, &hash).await?;
        return Ok(answer(
            "application/json",
            kept(false),
            serde_json::to_string(&proof)?,
        ));
    }
    let (ctx, badge) = forms::open(&visit, &id).await?;
    let proof = log::log_proof(&ctx, badge.issuer.id, badge.id).await?;
    let cache = if badge.is_public { AT_ONCE } else { kept(false) };
    Ok(answer("application/json", cache, serde_json::to_string(&proof)?))
}

fn system(visit: &Visit) -> SystemCtx {
    SystemCtx::new(visit.installation().clone())
}

fn answer(kind: &'static str, cache: &'static str, body: impl Into<axum::body::Body>) -> Response {
    open(
        HeaderValue::from_static(kind),
        HeaderValue::from_static(cache),
        body,
    )
}

/// When a badge was entered, for its page.
#[component]
pub(super) fn InLog(address: String, logged: Option<Timestamp>) -> AnyView {
    match logged {
        Some(at) => view! {
            {t!("badge-logged", date = day(at))}
            <br />
            <a class="screen" href=format!("{address}/proof")>{t!("badge-log-proof")}</a>
        }
        .into_any(),
        None => t!("badge-log-waits").into_any(),
    }
}
