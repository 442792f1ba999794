//! What anybody may fetch of the log (C2SP tlog-tiles).

use domain::log::{Checkpoint, Tile, tile::Holds};
use entity::log::{log_entry, log_hash, transparency_log};
use sea_orm::{ColumnTrait, DatabaseTransaction, EntityTrait, QueryFilter, QueryOrder};

use super::{
    hashes::{broken, column},
    key::{ID, verifier_key},
};
use crate::{Error, Result, SystemCtx};

/// The log that there is, and how far it is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LogState {
    /// Its name, size and root.
    pub checkpoint: Checkpoint,
    /// The last part of its name, by which its addresses are told from those of a
    /// log before it.
    pub number: String,
}

/// The log that there is, and how far it is. None while there is none.
pub async fn state(ctx: &SystemCtx) -> Result<Option<LogState>> {
    match row(&ctx.read().await?).await {
        Ok(log) => Ok(Some(LogState {
            // Whose signature follows does not matter here: the row is our own.
            checkpoint: log.checkpoint.parse().map_err(|_| broken())?,
            number: number(&log).to_owned(),
        })),
        Err(Error::NotFound) => Ok(None),
        Err(cause) => Err(cause),
    }
}

/// The newest checkpoint of the log with this number, signed.
pub async fn checkpoint(ctx: &SystemCtx, log: &str) -> Result<String> {
    Ok(numbered(&ctx.read().await?, log).await?.checkpoint)
}

/// The verifier key of the log with this number, `name+hash+key`.
pub async fn log_key(ctx: &SystemCtx, log: &str) -> Result<String> {
    Ok(verifier_key(&numbered(&ctx.read().await?, log).await?)?.to_string())
}

/// The bytes of a tile of the log with this number. Not found unless the log has
/// all of it: what another log has there may be something else.
pub async fn tile(ctx: &SystemCtx, log: &str, tile: Tile) -> Result<Vec<u8>> {
    let tx = ctx.read().await?;
    numbered(&tx, log).await?;
    let (first, end) = tile.places();
    let (first, last) = (column(first), column(end.saturating_sub(1)));
    let parts: Vec<Vec<u8>> = match tile.holds {
        Holds::Hashes(level) => log_hash::Entity::find()
            .filter(log_hash::Column::Level.eq(i64::from(level)))
            .filter(log_hash::Column::Position.between(first, last))
            .order_by_asc(log_hash::Column::Position)
            .all(&tx)
            .await?
            .into_iter()
            .map(|row| row.hash)
            .collect(),
        Holds::Entries => log_entry::Entity::find()
            .filter(log_entry::Column::Position.between(first, last))
            .order_by_asc(log_entry::Column::Position)
            .all(&tx)
            .await?
            .into_iter()
            .map(|row| with_length(&row.content))
            .collect::<Result<_>>()?,
    };
    if parts.len() == usize::from(tile.width) {
        Ok(parts.concat())
    } else {
        Err(Error::NotFound)
    }
}

/// An entry as a bundle has it: its length in two bytes, the larger first.
fn with_length(content: &str) -> Result<Vec<u8>> {
    let length = u16::try_from(content.len()).map_err(|_| broken())?;
    Ok([&length.to_be_bytes()[..], content.as_bytes()].concat())
}

async fn numbered(tx: &DatabaseTransaction, log: &str) -> Result<transparency_log::Model> {
    let row = row(tx).await?;
    if number(&row) == log {
        Ok(row)
    } else {
        Err(Error::NotFound)
    }
}

fn number(log: &transparency_log::Model) -> &str {
    log.origin.rsplit('/').next().unwrap_or_default()
}

pub(super) async fn row(tx: &DatabaseTransaction) -> Result<transparency_log::Model> {
    transparency_log::Entity::find_by_id(ID)
        .one(tx)
        .await?
        .ok_or(Error::NotFound)
}
