//! Taking a badge back, and all that stacked on it.

use domain::{
    credential::{StatusPurpose, Step, standing::Reason},
    id::{AchievementId, CredentialId, PersonId},
    program::{Definition, Requirement, affected_by},
    tenancy::Permission,
};
use entity::{
    TenantTx,
    credential::credential,
    program::{award, groundless_award},
};
use sea_orm::{ColumnTrait, Condition, ExprTrait, sea_query::IntoCondition};

use super::{
    event::{standing, tell},
    issuer::{Signer, signer},
    status_list::{self, Place},
};
use crate::{
    Ctx, Error, FieldErrors, Result,
    program::{definitions_held, holdings},
    tenancy,
};

/// Revokes a badge for good, with what stacked on it and no longer holds: each
/// shows so to every verifier from the commit on, each holder gets a mail, each
/// is in the audit trail. Whether anything changed: a badge that is revoked
/// already stays as it is.
pub async fn revoke(ctx: &Ctx, id: CredentialId, reason: &str) -> Result<bool> {
    ctx.require(Permission::RevokeCredentials)?;
    let reason = reason_of(reason)?;
    let tx = ctx.write().await?;
    let row = take(&tx, id).await?;
    if standing(&row).admits(Step::Revoked) != Ok(true) {
        return Ok(false);
    }
    let fallen = fallen(ctx, &tx, &row).await?;
    let signer = signer(ctx, &tx).await?;
    // Awards before status lists: the order in which a badge is issued.
    withdraw(ctx, &tx, row.person_id, row.achievement_id).await?;
    for achievement in &fallen {
        withdraw(ctx, &tx, row.person_id, *achievement).await?;
    }
    revoke_one(ctx, &tx, &signer, &row, &reason).await?;
    for achievement in fallen {
        let standing = Condition::all()
            .add(credential::Column::AchievementId.eq(achievement))
            .add(credential::Column::PersonId.eq(row.person_id))
            .add(credential::Column::RevokedAt.is_null());
        for above in held(&tx, standing).await? {
            revoke_one(ctx, &tx, &signer, &above, &reason).await?;
        }
    }
    tx.commit().await?;
    Ok(true)
}

/// What was given as a reason, or what is wrong with it at the field.
pub(super) fn reason_of(text: &str) -> Result<Reason> {
    let mut errors = FieldErrors::default();
    let reason = errors.take("reason", Reason::parse(text));
    reason.ok_or(Error::Invalid(errors))
}

/// The badge with this id, held until the transaction ends with all that is its
/// holder's: first the holder, then what is theirs, the order in which all take
/// turns.
pub(super) async fn take(tx: &TenantTx, id: CredentialId) -> Result<credential::Model> {
    let holder = tx
        .rows::<credential::Entity>()
        .filter(credential::Column::Id.eq(id))
        .one()
        .await?
        .ok_or(Error::NotFound)?
        .person_id;
    tenancy::hold_member(tx, holder).await?;
    let row = held(tx, credential::Column::Id.eq(id)).await?.pop();
    row.ok_or(Error::NotFound)
}

/// The badges of which this is true, held until the transaction ends.
async fn held(tx: &TenantTx, condition: impl IntoCondition) -> Result<Vec<credential::Model>> {
    Ok(tx
        .rows::<credential::Entity>()
        .filter(condition)
        .locked()
        .all()
        .await?)
}

/// Which of the holder's badges fall with this one.
async fn fallen(ctx: &Ctx, tx: &TenantTx, row: &credential::Model) -> Result<Vec<AchievementId>> {
    let definitions = definitions_held(tx, row.person_id).await?;
    let definitions: Vec<Definition<'_>> = definitions
        .iter()
        .map(|(id, achievement)| Definition {
            id: *id,
            criteria: &achievement.criteria,
        })
        .collect();
    let held = holdings(ctx, tx, row.person_id).await?.into_keys().collect();
    Ok(affected_by(
        Requirement::Badge(row.achievement_id),
        &definitions,
        &held,
    ))
}

async fn revoke_one(
    ctx: &Ctx,
    tx: &TenantTx,
    signer: &Signer,
    row: &credential::Model,
    reason: &Reason,
) -> Result<()> {
    let place = Place {
        purpose: StatusPurpose::Revocation,
        list: row.status_list_id,
        index: usize::try_from(row.status_index).map_err(|_| Error::NotFound)?,
    };
    status_list::set(ctx, tx, signer, &place, true).await?;
    tx.change::<credential::Entity>()
        .filter(credential::Column::Id.eq(row.id))
        .set(credential::Column::RevokedAt, ctx.now())
        .set(credential::Column::RevokedReason, reason.as_str())
        .apply()
        .await?;
    tell(ctx, tx, row, Step::Revoked, reason).await
}

/// Withdraws the awards that the badges were signed for; what has fallen is not to be
/// reviewed any more.
async fn withdraw(ctx: &Ctx, tx: &TenantTx, person: PersonId, achievement: AchievementId) -> Result<()> {
    let standing = award::Column::PersonId
        .eq(person)
        .and(award::Column::AchievementId.eq(achievement))
        .and(award::Column::WithdrawnAt.is_null());
    let awards = tx.rows::<award::Entity>().filter(standing.clone()).all().await?;
    tx.remove::<groundless_award::Entity>()
        .filter(groundless_award::Column::AwardId.is_in(awards.iter().map(|award| award.id)))
        .apply()
        .await?;
    tx.change::<award::Entity>()
        .filter(standing)
        .set(award::Column::WithdrawnAt, ctx.now())
        .apply()
        .await?;
    Ok(())
}
