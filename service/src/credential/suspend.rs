//! Taking a badge out of force for the time being, and putting it back.
//!
//! A suspension is a doubt that is still to be settled. It says so to every
//! verifier, and no larger badge is awarded on it meanwhile; those that rest on
//! it already stay, and fall only if it is revoked in the end.

use domain::{
    Timestamp,
    credential::{StatusPurpose, Step, standing::Reason},
    id::CredentialId,
    tenancy::Permission,
};
use entity::{TenantTx, credential::credential};
use sea_orm::ColumnTrait;

use super::{
    event::{standing, tell},
    issuer::signer,
    revoke::{reason_of, take},
    status_list::{self, Place},
};
use crate::{
    Ctx, Error, Result,
    job::{self, Job},
};

/// Suspends a badge: it shows so to every verifier from the commit on, its holder
/// gets a mail, and it is in the audit trail. Whether anything changed: one that is
/// suspended already stays as it is.
///
/// Refused for one that is revoked, and for one that names no list to look it up
/// in, because suspending was not allowed when it was signed.
pub async fn suspend(ctx: &Ctx, id: CredentialId, reason: &str) -> Result<bool> {
    turn(ctx, id, Step::Suspended, reason).await
}

/// Puts a suspended badge into force again, with the same consequences; whatever
/// could not be awarded on it meanwhile is awarded. One that is in force stays so.
pub async fn reinstate(ctx: &Ctx, id: CredentialId, reason: &str) -> Result<bool> {
    turn(ctx, id, Step::Reinstated, reason).await
}

async fn turn(ctx: &Ctx, id: CredentialId, step: Step, reason: &str) -> Result<bool> {
    ctx.require(Permission::RevokeCredentials)?;
    let reason = reason_of(reason)?;
    let tx = ctx.write().await?;
    let row = take(&tx, id).await?;
    let changes = standing(&row)
        .admits(step)
        .map_err(|_| Error::Refused("credential-revoked"))?;
    if !changes {
        return Ok(false);
    }
    let place = suspension_place(&row).ok_or(Error::Refused("credential-not-suspendable"))?;
    let signer = signer(ctx, &tx).await?;
    let is_suspended = step == Step::Suspended;
    status_list::set(ctx, &tx, &signer, &place, is_suspended).await?;
    mark(ctx, &tx, id, is_suspended.then_some(&reason)).await?;
    tell(ctx, &tx, &row, step, &reason).await?;
    if !is_suspended {
        let again = Job::EvaluateAwards {
            tenant: ctx.tenant(),
            person: row.person_id,
        };
        job::now(tx.unowned(), ctx.installation(), &again).await?;
    }
    tx.commit().await?;
    Ok(true)
}

async fn mark(ctx: &Ctx, tx: &TenantTx, id: CredentialId, reason: Option<&Reason>) -> Result<()> {
    let since: Option<Timestamp> = reason.map(|_| ctx.now());
    tx.change::<credential::Entity>()
        .filter(credential::Column::Id.eq(id))
        .set(credential::Column::SuspendedAt, since)
        .set(credential::Column::SuspendedReason, reason.map(Reason::to_string))
        .apply()
        .await?;
    Ok(())
}

fn suspension_place(row: &credential::Model) -> Option<Place> {
    Some(Place {
        purpose: StatusPurpose::Suspension,
        list: row.suspension_list_id?,
        index: usize::try_from(row.suspension_index?).ok()?,
    })
}
