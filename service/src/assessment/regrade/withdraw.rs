//! Withdrawing badges whose ground is gone, after somebody has looked at them.

use domain::{
    id::{AwardId, CredentialId, RegradeId},
    tenancy::Permission,
};
use entity::{assessment::regrade, credential::credential, program::groundless_award};
use sea_orm::ColumnTrait;
use serde_json::json;

use super::show::waiting;
use crate::{Ctx, Error, Result, audit, credential as badges, program};

/// Withdraws one badge that a regrade has left without ground, and what stacks on it:
/// it is revoked, with this reason. Done twice, it is done once.
///
/// The field `reason`: as [`crate::credential::revoke`]. Refused: `regrade-not-signed`,
/// while it is not signed yet; `regrade-grounded`, if its ground is there again.
pub async fn withdraw(ctx: &Ctx, id: RegradeId, award: AwardId, reason: &str) -> Result<()> {
    permitted(ctx)?;
    match to_revoke(ctx, id, award).await? {
        Review::Revoke(credential) => badges::revoke(ctx, credential, reason).await?,
        Review::NotSigned => return Err(Error::Refused("regrade-not-signed")),
        Review::Grounded => return Err(Error::Refused("regrade-grounded")),
        Review::Gone => return Err(Error::NotFound),
    }
    done_with(ctx, id, award).await
}

/// Withdraws all that are shown. Those that can't be now are passed over.
pub async fn withdraw_all(ctx: &Ctx, id: RegradeId, reason: &str) -> Result<()> {
    permitted(ctx)?;
    let tx = ctx.read().await?;
    let known = tx.rows::<regrade::Entity>().filter(regrade::Column::Id.eq(id));
    known.one().await?.ok_or(Error::NotFound)?;
    let awards = waiting(&tx, id).await?;
    drop(tx);
    for award in awards {
        if let Review::Revoke(credential) = to_revoke(ctx, id, award.id).await? {
            badges::revoke(ctx, credential, reason).await?;
            done_with(ctx, id, award.id).await?;
        }
    }
    Ok(())
}

fn permitted(ctx: &Ctx) -> Result<()> {
    ctx.require(Permission::Regrade)?;
    ctx.require(Permission::RevokeCredentials)
}

/// What is to be done about a badge on the list.
enum Review {
    Revoke(CredentialId),
    NotSigned,
    /// The holder has shown it again in the meantime.
    Grounded,
    /// It is on the list no longer.
    Gone,
}

async fn to_revoke(ctx: &Ctx, id: RegradeId, award: AwardId) -> Result<Review> {
    let tx = ctx.read().await?;
    let waits = waiting(&tx, id).await?;
    let Some(award) = waits.into_iter().find(|waits| waits.id == award) else {
        return Ok(Review::Gone);
    };
    let groundless = program::groundless(ctx, &tx, award.person_id).await?;
    if !groundless.contains_key(&award.id) {
        return Ok(Review::Grounded);
    }
    let signed = tx
        .rows::<credential::Entity>()
        .filter(credential::Column::AwardId.eq(award.id))
        .one()
        .await?;
    Ok(signed.map_or(Review::NotSigned, |signed| Review::Revoke(signed.id)))
}

async fn done_with(ctx: &Ctx, id: RegradeId, award: AwardId) -> Result<()> {
    let tx = ctx.write().await?;
    tx.remove::<groundless_award::Entity>()
        .filter(groundless_award::Column::AwardId.eq(award))
        .apply()
        .await?;
    let detail = json!({ "award": award });
    audit::note(
        &tx,
        ctx,
        "regrade-badge-withdrawn",
        format!("regrade:{id}"),
        detail,
    )
    .await?;
    Ok(tx.commit().await?)
}
