//! What the log has about one badge.

use std::collections::BTreeMap;

use base64::{Engine, engine::general_purpose::STANDARD};
use domain::{
    credential::Step,
    id::{CredentialId, TenantId},
    log::{Included, LogProof, hash_of_document, tree},
};
use entity::{
    credential::{credential, credential_event, public_address},
    log::log_entry,
};
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter};

use super::{
    hashes::{broken, column, load},
    key::verifier_key,
    serve::row,
};
use crate::{Error, Result, SystemCtx};

/// A badge is issued once and revoked once.
const MOST: u64 = Step::LOGGED.len() as u64;

/// The same as [`log_proof`] for whoever has the badge, which shows in that they
/// know the [`hash_of_document`] of it: also of one that its holder does not share
/// with everybody, and has handed over.
pub async fn proof_of_document(ctx: &SystemCtx, badge: CredentialId, hash: &str) -> Result<LogProof> {
    let tx = ctx.read().await?;
    let address = public_address::Entity::find_by_id(badge.0)
        .one(&tx)
        .await?
        .ok_or(Error::NotFound)?;
    drop(tx);
    let tenant = address.tenant_id;
    let tx = ctx.in_tenant(tenant).read().await?;
    let row = tx
        .rows::<credential::Entity>()
        .filter(credential::Column::Id.eq(badge))
        .one()
        .await?
        .ok_or(Error::NotFound)?;
    drop(tx);
    if hash_of_document(&serde_json::from_str(&row.document)?) != hash {
        return Err(Error::NotFound);
    }
    log_proof(ctx, tenant, badge).await
}

/// Everything that the log has about a badge, with what shows that it is there.
/// Not found while nothing of it is entered. Who may ask is the caller's to say.
pub async fn log_proof(ctx: &SystemCtx, tenant: TenantId, badge: CredentialId) -> Result<LogProof> {
    let tx = ctx.in_tenant(tenant).read().await?;
    let entered = tx
        .rows::<credential_event::Entity>()
        .filter(credential_event::Column::CredentialId.eq(badge))
        .filter(credential_event::Column::LogIndex.is_not_null())
        .asc(credential_event::Column::Number)
        .limit(MOST)
        .all()
        .await?;
    drop(tx);
    let places: Vec<u64> = entered
        .iter()
        .filter_map(|event| u64::try_from(event.log_index?).ok())
        .collect();
    if places.is_empty() {
        return Err(Error::NotFound);
    }
    // It only grows: all that the tree of this checkpoint has is there.
    let tx = ctx.read().await?;
    let log = row(&tx).await?;
    let size = u64::try_from(log.size).map_err(|_| broken())?;
    let contents: BTreeMap<i64, String> = log_entry::Entity::find()
        .filter(log_entry::Column::Position.is_in(places.iter().map(|place| column(*place))))
        .all(&tx)
        .await?
        .into_iter()
        .map(|row| (row.position, row.content))
        .collect();
    let wanted = tree::needed(|look| {
        for place in &places {
            tree::inclusion(*place, size, look);
        }
    });
    let kept = load(&tx, &wanted).await?;
    let entries = places.into_iter().map(|index| {
        let siblings = tree::inclusion(index, size, &mut |place| kept.get(&place).copied());
        Ok(Included {
            index,
            entry: contents.get(&column(index)).cloned().ok_or_else(broken)?,
            proof: siblings
                .ok_or_else(broken)?
                .iter()
                .map(|hash| STANDARD.encode(hash))
                .collect(),
        })
    });
    Ok(LogProof {
        key: verifier_key(&log)?.to_string(),
        entries: entries.collect::<Result<_>>()?,
        checkpoint: log.checkpoint,
    })
}
