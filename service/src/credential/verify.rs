//! Verifying a badge from anywhere: fetch what its verdict rests on, then ask
//! the domain.

use std::{
    collections::{BTreeMap, BTreeSet},
    sync::Arc,
    time::Duration,
};

use async_trait::async_trait;
use domain::{
    credential::{CheckName, Evidence, Finding, Presented, Report, Standing, Verifier},
    id::CredentialId,
};
use entity::credential::{credential, public_address};
use sea_orm::{ColumnTrait, EntityTrait};
use serde_json::Value;
use tokio::{sync::Semaphore, task::JoinSet, time::timeout};
use url::Url;

use super::{did_document, event::standing, status_list_document};
use crate::{Error, Result, SystemCtx, aside::aside, tenancy};

/// A document may be made to take long: so many are verified at once.
static VERIFYING: Semaphore = Semaphore::const_new(4);

/// So many addresses of others are asked for one badge, which is as many as one
/// can name: its issuer's and those of eight lists. Each badge has its own, so that
/// none takes away from what is found out about another.
const MOST_ADDRESSES: usize = 9;

/// So many addresses of others are asked at once, for whomever: nobody gets to
/// knock on many doors through us.
static ASKING: Semaphore = Semaphore::const_new(64);

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
    let mut reports = verify_all(ctx, vec![presented]).await?;
    reports
        .pop()
        .ok_or_else(|| Error::Outside("verifying: there is no report".to_owned()))
}

/// The same of several, in their order. What they rest on in common is fetched
/// once: those of one class name one issuer and a few lists.
pub async fn verify_all(ctx: &SystemCtx, all: Vec<Presented>) -> Result<Vec<Report>> {
    let (all, urls) = aside(&VERIFYING, "verifying", move || {
        let urls: BTreeSet<String> = all.iter().flat_map(addresses).collect();
        (all, urls)
    })
    .await?;
    let fetched = fetch_all(ctx, urls.into_iter()).await?;
    let verifier = Arc::new(Verifier::new(Evidence {
        now: ctx.now(),
        fetched,
    }));
    let mut reports = Vec::new();
    for presented in all {
        let verifier = Arc::clone(&verifier);
        let mut report = aside(&VERIFYING, "verifying", move || verifier.verify(&presented)).await?;
        if let Some(standing) = own_standing(ctx, &report).await? {
            report = report.with_standing(standing);
        }
        reports.push(report);
    }
    Ok(reports)
}

/// What has to be fetched for one badge.
fn addresses(presented: &Presented) -> impl Iterator<Item = String> + use<> {
    let needs = presented.needs();
    let all = needs.issuer_documents.into_iter().chain(needs.status_lists);
    all.take(MOST_ADDRESSES)
}

/// What its issuer says of a badge that was issued here. Only whoever has the
/// badge is told: somebody who made up a document with its address is not.
async fn own_standing(ctx: &SystemCtx, report: &Report) -> Result<Option<Standing>> {
    let holds = |name| {
        report
            .check(name)
            .is_some_and(|check| check.finding == Finding::Fine)
    };
    let Some(claims) = &report.claims else {
        return Ok(None);
    };
    if !(holds(CheckName::Proof) && holds(CheckName::Issuer)) {
        return Ok(None);
    }
    let pages = ctx.installation().address("/c/");
    let id: Option<CredentialId> = claims
        .id
        .as_deref()
        .and_then(|id| id.strip_prefix(&pages)?.parse().ok());
    let Some(id) = id else {
        return Ok(None);
    };
    let tx = ctx.read().await?;
    let Some(address) = public_address::Entity::find_by_id(id.0).one(&tx).await? else {
        return Ok(None);
    };
    drop(tx);
    let tx = ctx.in_tenant(address.tenant_id).read().await?;
    let row = tx
        .rows::<credential::Entity>()
        .filter(credential::Column::Id.eq(id))
        .one()
        .await?;
    let Some(row) = row else {
        return Ok(None);
    };
    // Whoever else issues here could have signed a document with that address.
    let signed: Value = serde_json::from_str(&row.document)?;
    let issuer = signed.pointer("/issuer/id").and_then(Value::as_str);
    Ok((issuer == Some(claims.issuer.as_str())).then(|| standing(&row)))
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
        let turn = ASKING.acquire().await;
        let _turn = turn.map_err(|cause| Error::Outside(cause.to_string()))?;
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
