//! What signs for the log.

use domain::log::{Checkpoint, VerifierKey, sign_note};
use ed25519_dalek::{SigningKey, VerifyingKey};
use entity::log::{log_entry, transparency_log};
use sea_orm::{
    ActiveModelTrait, DatabaseTransaction, EntityTrait, IntoActiveModel, PaginatorTrait, QuerySelect,
    sea_query::{LockType, OnConflict},
};
use zeroize::Zeroizing;

use super::hashes::root;
use crate::{Error, Installation, Result, SystemCtx};

/// The id of the one row.
pub(super) const ID: i64 = 1;
/// Where the key is sealed.
const PLACE: &str = "log-key";

/// The log, held until the transaction ends; made if there is none yet.
pub(super) async fn hold(ctx: &SystemCtx, tx: &DatabaseTransaction) -> Result<transparency_log::Model> {
    if let Some(log) = held(tx).await? {
        return Ok(log);
    }
    make(ctx, tx).await?;
    held(tx).await?.ok_or(Error::NotFound)
}

async fn held(tx: &DatabaseTransaction) -> Result<Option<transparency_log::Model>> {
    Ok(transparency_log::Entity::find_by_id(ID)
        .lock(LockType::NoKeyUpdate)
        .one(tx)
        .await?)
}

/// A log with a key of its own. Of several servers that make it at once, one does.
///
/// Each has a name of its own, with the second in which it was begun. The one
/// before was left because its database was brought back from an earlier state:
/// it may have said more than is known here, and whoever signed on under its name
/// and key, or served other tiles at its addresses, would contradict it.
async fn make(ctx: &SystemCtx, tx: &DatabaseTransaction) -> Result<()> {
    let installation = ctx.installation();
    let size = PaginatorTrait::count(log_entry::Entity::find(), tx).await?;
    let origin = format!("{}/{}", origin(installation)?, ctx.now().unix_millis() / 1_000);
    let secret = Zeroizing::new(installation.chance.bytes::<32>());
    let sealed = installation.vault.seal(&*installation.chance, PLACE, &*secret)?;
    let key = SigningKey::from_bytes(&secret);
    let checkpoint = Checkpoint {
        root: root(tx, size).await?,
        origin: origin.clone(),
        size,
    };
    let row = transparency_log::Model {
        id: ID,
        public_key: key.verifying_key().to_bytes().to_vec(),
        sealed_secret: sealed.0,
        size: i64::try_from(size).unwrap_or(i64::MAX),
        checkpoint: signed(&checkpoint, &key)?,
        origin,
    };
    transparency_log::Entity::insert(row.into_active_model().reset_all())
        .on_conflict(
            OnConflict::column(transparency_log::Column::Id)
                .do_nothing()
                .to_owned(),
        )
        .exec_without_returning(tx)
        .await?;
    Ok(())
}

/// Leaves the log that the database has, as after it was restored from a copy, and
/// begins another, with what is known of this one in it.
pub async fn begin_anew(ctx: &SystemCtx) -> Result<()> {
    let tx = ctx.write().await?;
    transparency_log::Entity::delete_by_id(ID).exec(&tx).await?;
    make(ctx, &tx).await?;
    tx.commit().await?;
    Ok(())
}

/// The checkpoint, signed by the key of `log`.
pub(super) fn sign(
    installation: &Installation,
    log: &transparency_log::Model,
    checkpoint: &Checkpoint,
) -> Result<String> {
    signed(
        checkpoint,
        &installation.vault.open_signing_key(PLACE, &log.sealed_secret)?,
    )
}

fn signed(checkpoint: &Checkpoint, key: &SigningKey) -> Result<String> {
    sign_note(&checkpoint.to_text(), &checkpoint.origin, key)
        .map_err(|cause| Error::Unsignable(cause.to_string()))
}

/// The key that the log is known by.
pub(super) fn verifier_key(log: &transparency_log::Model) -> Result<VerifierKey> {
    let bytes: Option<&[u8; 32]> = log.public_key.as_slice().try_into().ok();
    bytes
        .and_then(|bytes| VerifyingKey::from_bytes(bytes).ok())
        .and_then(|key| VerifierKey::new(&log.origin, key).ok())
        .ok_or_else(|| Error::Unsignable("the log\u{2019}s key is not a key".to_owned()))
}

/// Where logs are, without the scheme: the first part of their names (C2SP tlog-tiles).
fn origin(installation: &Installation) -> Result<String> {
    let address = &installation.base_url;
    let host = address
        .host_str()
        .ok_or_else(|| Error::Unsignable("the base address has no host".to_owned()))?;
    Ok(match address.port() {
        Some(port) => format!("{host}:{port}/log"),
        None => format!("{host}/log"),
    })
}
