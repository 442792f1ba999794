//! Entering what waits.

use std::{collections::HashMap, time::Duration};

use domain::{
    Timestamp,
    credential::Step,
    id::{CredentialId, TenantId},
    log::{Checkpoint, Entry, Hash, Stored, hash_of_document, hash_of_url, tree},
};
use entity::{
    credential::{credential, credential_event},
    log::{log_entry, log_hash, transparency_log},
};
use sea_orm::{
    ActiveModelTrait, ActiveValue::Set, ColumnTrait, DatabaseTransaction, EntityTrait, IntoActiveModel,
    QueryFilter, QueryOrder, QuerySelect, sea_query::Expr,
};
use serde_json::Value;

use super::{
    hashes::{broken, column, load},
    key::{ID, hold, sign},
};
use crate::{
    Error, Result, SystemCtx,
    job::{self, Job},
};

/// So many steps are entered in one transaction.
const BATCH: u64 = 256;
/// And so many times in one run of the job, whose lease ends: what waits then
/// has the next one.
const BATCHES: usize = 16;
/// What waits longer than this lost its job, or is from before there was a log.
const OVERDUE: Duration = Duration::from_mins(1);

/// Enters the steps that wait, up to a bound, and has another job go on with the
/// rest. There may be none: each step has its job, and the first one takes them all.
pub async fn append(ctx: &SystemCtx) -> Result<()> {
    for _ in 0..BATCHES {
        if waiting(&ctx.read().await?, 1).await?.is_empty() {
            return Ok(());
        }
        append_some(ctx).await?;
    }
    let tx = ctx.write().await?;
    job::now(&tx, ctx.installation(), &Job::AppendToLog).await?;
    tx.commit().await?;
    Ok(())
}

/// Whether something has waited for too long.
pub(crate) async fn is_overdue(tx: &DatabaseTransaction, now: Timestamp) -> Result<bool> {
    use credential_event::Column;
    let old = credential_event::Entity::find()
        .filter(Column::LogIndex.is_null())
        .filter(Column::Step.is_in(Step::LOGGED.map(|step| step.to_string())))
        .filter(Column::At.lt(now.before(OVERDUE)))
        .one(tx)
        .await?;
    Ok(old.is_some())
}

/// The first `most` steps that wait to be entered. By their number before all:
/// a badge is issued before it is revoked, whatever a server's clock said.
async fn waiting(tx: &DatabaseTransaction, most: u64) -> Result<Vec<credential_event::Model>> {
    use credential_event::Column;
    Ok(credential_event::Entity::find()
        .filter(Column::LogIndex.is_null())
        .filter(Column::Step.is_in(Step::LOGGED.map(|step| step.to_string())))
        .order_by_asc(Column::Number)
        .order_by_asc(Column::At)
        .order_by_asc(Column::TenantId)
        .order_by_asc(Column::CredentialId)
        .limit(most)
        .all(tx)
        .await?)
}

async fn append_some(ctx: &SystemCtx) -> Result<()> {
    let tx = ctx.write().await?;
    let log = hold(ctx, &tx).await?;
    // Only now: who held the log before may have entered some of them.
    let events = waiting(&tx, BATCH).await?;
    if events.is_empty() {
        return Ok(());
    }
    let badges = badges(&tx, &events).await?;
    let (old, now) = (u64::try_from(log.size).map_err(|_| broken())?, ctx.now());
    let mut entries = Vec::new();
    let mut hashes: Vec<(Stored, Hash)> = Vec::new();
    for (position, event) in (old..).zip(&events) {
        let badge = badges
            .get(&(event.tenant_id, event.credential_id))
            .ok_or(Error::NotFound)?;
        let content = serde_json::to_string(&entry(event, badge, now)?)?;
        hashes.push((Stored { level: 0, position }, tree::leaf_hash(content.as_bytes())));
        entries.push(log_entry::Model {
            position: column(position),
            content,
        });
        mark(&tx, event, position, now).await?;
    }
    let new = old + u64::try_from(entries.len()).map_err(|_| broken())?;
    let root = grow(&tx, &mut hashes, (old, new)).await?;
    store(&tx, entries, hashes).await?;
    let checkpoint = Checkpoint {
        origin: log.origin.clone(),
        size: new,
        root,
    };
    transparency_log::Entity::update_many()
        .set(transparency_log::ActiveModel {
            size: Set(column(new)),
            checkpoint: Set(sign(ctx.installation(), &log, &checkpoint)?),
            ..Default::default()
        })
        .filter(transparency_log::Column::Id.eq(ID))
        .exec(&tx)
        .await?;
    tx.commit().await?;
    Ok(())
}

/// The badges of these steps.
async fn badges(
    tx: &DatabaseTransaction,
    events: &[credential_event::Model],
) -> Result<HashMap<(TenantId, CredentialId), Value>> {
    let rows = credential::Entity::find()
        .filter(credential::Column::TenantId.is_in(events.iter().map(|event| event.tenant_id)))
        .filter(credential::Column::Id.is_in(events.iter().map(|event| event.credential_id)))
        .all(tx)
        .await?;
    rows.into_iter()
        .map(|row| Ok(((row.tenant_id, row.id), serde_json::from_str(&row.document)?)))
        .collect()
}

fn entry(event: &credential_event::Model, badge: &Value, now: Timestamp) -> Result<Entry> {
    let text = |pointer| badge.pointer(pointer).and_then(Value::as_str).unwrap_or_default();
    Ok(Entry {
        credential: hash_of_url(text("/id")),
        document: hash_of_document(badge),
        issuer: text("/issuer/id").to_owned(),
        logged: now,
        moment: event.at,
        step: event
            .step
            .parse()
            .map_err(<serde_json::Error as serde::de::Error>::custom)?,
    })
}

/// Notes on a step that it is entered.
async fn mark(
    tx: &DatabaseTransaction,
    event: &credential_event::Model,
    position: u64,
    now: Timestamp,
) -> Result<()> {
    use credential_event::Column;
    credential_event::Entity::update_many()
        .col_expr(Column::LogIndex, Expr::value(column(position)))
        .col_expr(Column::LoggedAt, Expr::value(now))
        .filter(Column::TenantId.eq(event.tenant_id))
        .filter(Column::CredentialId.eq(event.credential_id))
        .filter(Column::Number.eq(event.number))
        .exec(tx)
        .await?;
    Ok(())
}

/// Adds to the new leaves' hashes those above them that are whole now; the root
/// of the tree with them.
async fn grow(
    tx: &DatabaseTransaction,
    hashes: &mut Vec<(Stored, Hash)>,
    (old, new): (u64, u64),
) -> Result<Hash> {
    let above = tree::completed(old, new);
    let mut wanted = tree::needed(|look| {
        for place in &above {
            tree::roll_up(*place, look);
        }
        tree::root(new, look);
    });
    wanted.retain(|place| place.level > 0 || place.position < old);
    let mut known = load(tx, &wanted).await?;
    known.extend(hashes.iter().copied());
    for place in above {
        let hash = tree::roll_up(place, &mut |place| known.get(&place).copied()).ok_or_else(broken)?;
        known.insert(place, hash);
        hashes.push((place, hash));
    }
    tree::root(new, &mut |place| known.get(&place).copied()).ok_or_else(broken)
}

async fn store(
    tx: &DatabaseTransaction,
    entries: Vec<log_entry::Model>,
    hashes: Vec<(Stored, Hash)>,
) -> Result<()> {
    if entries.is_empty() {
        return Ok(());
    }
    let entries = entries
        .into_iter()
        .map(|entry| entry.into_active_model().reset_all());
    log_entry::Entity::insert_many(entries)
        .exec_without_returning(tx)
        .await?;
    let hashes = hashes.into_iter().map(|(place, hash)| {
        let row = log_hash::Model {
            level: i64::from(place.level),
            position: column(place.position),
            hash: hash.to_vec(),
        };
        row.into_active_model().reset_all()
    });
    log_hash::Entity::insert_many(hashes)
        .exec_without_returning(tx)
        .await?;
    Ok(())
}
