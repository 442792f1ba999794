//! Verifying a badge from anywhere: fetch what its verdict rests on, then ask
//! the domain.

use std::{collections::BTreeMap, time::Duration};

use async_trait::async_trait;
use domain::credential::{Evidence, Presented, Report};
use serde_json::Value;
use tokio::{sync::Semaphore, task::JoinSet, time::timeout};
use url::Url;

use super::{did_document, status_list_document};
use crate::{Error, Result, SystemCtx, aside::aside, tenancy};

/// A document may be made to take long: so many are verified at once.
static VERIFYING: Semaphore = Semaphore::const_new(4);

/// So long a verification waits for what others serve.
const PATIENCE: Duration = Duration::from_secs(8);

/// The way to documents that others serve. Addresses come from a document that
/// anybody may have written: whoever implements this keeps them from reaching
/// inside, and bounds time and size.
#[async_trait]
pub trait Outside: Send + Sync + std::fmt::Debug {
    /// The JSON at `url`; a JSON Web Token that is there, as a string.
    async fn json(&self, url: &Url) -> Result<Value>;
}

/// Verifies what was `presented` now. What cannot be fetched is left out, and the report
/// says which checks could not be made.
pub async fn verify(ctx: &SystemCtx, presented: Presented) -> Result<Report> {
    let (presented, needs) = aside(&VERIFYING, "verifying", move || {
        let needs = presented.needs();
        (presented, needs)
    })
    .await?;
    let urls = needs.issuer_documents.into_iter().chain(needs.status_lists);
    let fetched = fetch_all(ctx, urls).await?;
    let now = ctx.now();
    aside(&VERIFYING, "verifying", move || {
        presented.verify(&Evidence { now, fetched })
    })
    .await
}

/// Fetches everything at once: however many addresses a document names, and
/// however slow they are, the one who asked waits no longer than [`PATIENCE`].
async fn fetch_all(ctx: &SystemCtx, urls: impl Iterator<Item = String>) -> Result<BTreeMap<String, Value>> {
    let mut under_way = JoinSet::new();
    for url in urls {
        let ctx = ctx.clone();
        under_way.spawn(async move {
            let found = timeout(PATIENCE, fetch(&ctx, &url)).await;
            let found = found.unwrap_or_else(|_| Err(Error::Outside("it took too long".to_owned())));
            (url, found)
        });
    }
    let mut fetched = BTreeMap::new();
    while let Some(done) = under_way.join_next().await {
        match done.map_err(|cause| Error::Outside(format!("verifying: {cause}")))? {
            (url, Ok(found)) => {
                fetched.insert(url, found);
            }
            (_, Err(Error::Unavailable(cause))) => return Err(Error::Unavailable(cause)),
            (url, Err(cause)) => tracing::info!(url, %cause, "not fetched for a verification"),
        }
    }
    Ok(fetched)
}

/// Our own documents are read where they are; a server that asks itself over
/// HTTP could wait for itself.
async fn fetch(ctx: &SystemCtx, url: &str) -> Result<Value> {
    let address = Url::parse(url).map_err(|cause| Error::Outside(cause.to_string()))?;
    if address.origin() != ctx.installation().base_url.origin() {
        return ctx.installation().outside.json(&address).await;
    }
    let path: Vec<&str> = address.path_segments().map(Iterator::collect).unwrap_or_default();
    match path.as_slice() {
        ["t", slug, "did.json"] => {
            let (_, tenant) = tenancy::enter(ctx.installation(), slug, None).await?;
            did_document(&tenant).await
        }
        ["status", id] => {
            let id = id.parse().map_err(|_| Error::NotFound)?;
            Ok(serde_json::from_str(&status_list_document(ctx, id).await?)?)
        }
        _ => Err(Error::NotFound),
    }
}
