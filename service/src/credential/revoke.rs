//! Taking a badge back, and all that stacked on it.

use std::collections::BTreeMap;

use domain::{
    Timestamp,
    id::{AchievementId, CredentialId, PersonId},
    program::{Definition, Requirement, affected_by},
    tenancy::Permission,
};
use entity::{
    TenantTx,
    credential::credential,
    identity::person,
    program::{achievement, award, groundless_award},
    tenancy::tenant,
};
use sea_orm::{ColumnTrait, Condition, EntityTrait, ExprTrait, QueryFilter, sea_query::IntoCondition};
use serde_json::json;

use super::{
    issuer::{Signer, signer},
    status_list::{self, Place},
};
use crate::{
    Ctx, Error, Result, audit,
    job::{self, Job},
    mail::{Mail, Message},
    paging::{PAGE_SIZE, Paged, Window},
    program::{definitions_held, holdings},
    tenancy,
};

/// A badge that the tenant issued, as its admins see it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct IssuedCredential {
    /// Its id.
    pub id: CredentialId,
    /// Which definition it is of.
    pub achievement: AchievementId,
    /// What that is called.
    pub badge: String,
    /// Whose it is.
    pub holder: PersonId,
    /// What they are called.
    pub holder_name: String,
    /// When it was issued.
    pub issued_at: Timestamp,
    /// When it was revoked, if it was, and why.
    pub revoked: Option<(Timestamp, String)>,
}

/// The badges that the tenant issued, a page at a time, newest first.
pub async fn issued(ctx: &Ctx, page: u32) -> Result<Paged<IssuedCredential>> {
    ctx.require(Permission::RevokeCredentials)?;
    let tx = ctx.read().await?;
    let found = tx.rows::<credential::Entity>();
    let window = Window::new(page, found.clone().count().await?);
    let rows = found
        .desc(credential::Column::IssuedAt)
        .desc(credential::Column::Id)
        .offset(window.offset())
        .limit(PAGE_SIZE)
        .all()
        .await?;
    Ok(window.of(views(&tx, rows).await?))
}

/// One badge that the tenant issued.
pub async fn issued_one(ctx: &Ctx, id: CredentialId) -> Result<IssuedCredential> {
    ctx.require(Permission::RevokeCredentials)?;
    let tx = ctx.read().await?;
    let row = tx
        .rows::<credential::Entity>()
        .filter(credential::Column::Id.eq(id))
        .one()
        .await?;
    views(&tx, row.into_iter().collect())
        .await?
        .pop()
        .ok_or(Error::NotFound)
}

async fn views(tx: &TenantTx, rows: Vec<credential::Model>) -> Result<Vec<IssuedCredential>> {
    let names: BTreeMap<PersonId, String> = person::Entity::find()
        .filter(person::Column::Id.is_in(rows.iter().map(|row| row.person_id)))
        .all(tx.unowned())
        .await?
        .into_iter()
        .map(|person| (person.id, person.display_name))
        .collect();
    let titles: BTreeMap<AchievementId, String> = tx
        .rows::<achievement::Entity>()
        .filter(achievement::Column::Id.is_in(rows.iter().map(|row| row.achievement_id)))
        .all()
        .await?
        .into_iter()
        .map(|row| (row.id, row.name))
        .collect();
    Ok(rows
        .into_iter()
        .map(|row| IssuedCredential {
            id: row.id,
            achievement: row.achievement_id,
            badge: titles.get(&row.achievement_id).cloned().unwrap_or_default(),
            holder: row.person_id,
            holder_name: names.get(&row.person_id).cloned().unwrap_or_default(),
            issued_at: row.issued_at,
            revoked: row
                .revoked_at
                .map(|at| (at, row.revoked_reason.unwrap_or_default())),
        })
        .collect())
}

/// Revokes a badge for good, with what stacked on it and no longer holds: each
/// shows so to every verifier from the commit on, each holder gets a mail, each
/// is in the audit trail. A badge that is revoked already stays as it is.
pub async fn revoke(ctx: &Ctx, id: CredentialId, reason: &str) -> Result<()> {
    ctx.require(Permission::RevokeCredentials)?;
    let reason = reason.trim();
    if reason.is_empty() {
        return Err(Error::field("reason", "revoke-reason-missing"));
    }
    if reason.chars().count() > 500 {
        return Err(Error::field("reason", "revoke-reason-too-long"));
    }
    let tx = ctx.write().await?;
    // The holder first, then what is theirs: the order in which all take turns.
    let holder = tx
        .rows::<credential::Entity>()
        .filter(credential::Column::Id.eq(id))
        .one()
        .await?
        .ok_or(Error::NotFound)?
        .person_id;
    tenancy::hold_member(&tx, holder).await?;
    let row = held(&tx, credential::Column::Id.eq(id)).await?.pop();
    let row = row.ok_or(Error::NotFound)?;
    if row.revoked_at.is_some() {
        return Ok(());
    }
    let fallen = fallen(ctx, &tx, &row).await?;
    let signer = signer(ctx, &tx).await?;
    // Awards before status lists: the order in which a badge is issued.
    withdraw(ctx, &tx, row.person_id, row.achievement_id).await?;
    for achievement in &fallen {
        withdraw(ctx, &tx, row.person_id, *achievement).await?;
    }
    revoke_one(ctx, &tx, &signer, &row, reason).await?;
    for achievement in fallen {
        let standing = Condition::all()
            .add(credential::Column::AchievementId.eq(achievement))
            .add(credential::Column::PersonId.eq(row.person_id))
            .add(credential::Column::RevokedAt.is_null());
        for above in held(&tx, standing).await? {
            revoke_one(ctx, &tx, &signer, &above, reason).await?;
        }
    }
    tx.commit().await?;
    Ok(())
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
    reason: &str,
) -> Result<()> {
    let index = usize::try_from(row.status_index).map_err(|_| Error::NotFound)?;
    status_list::set(
        ctx,
        tx,
        signer,
        &Place {
            list: row.status_list_id,
            index,
        },
    )
    .await?;
    tx.change::<credential::Entity>()
        .filter(credential::Column::Id.eq(row.id))
        .set(credential::Column::RevokedAt, ctx.now())
        .set(credential::Column::RevokedReason, reason)
        .apply()
        .await?;
    let detail = json!({ "holder": row.person_id, "reason": reason });
    audit::note(
        tx,
        ctx,
        "credential-revoked",
        format!("credential:{}", row.id),
        detail,
    )
    .await?;
    job::now(
        tx.unowned(),
        ctx.installation(),
        &Job::SendMail(notice(ctx, tx, row, reason).await?),
    )
    .await
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

async fn notice(ctx: &Ctx, tx: &TenantTx, row: &credential::Model, reason: &str) -> Result<Mail> {
    let holder = person::Entity::find_by_id(row.person_id)
        .one(tx.unowned())
        .await?
        .ok_or(Error::NotFound)?;
    let issuer = tenant::Entity::find_by_id(tx.tenant())
        .one(tx.unowned())
        .await?
        .ok_or(Error::NotFound)?;
    let badge = tx
        .rows::<achievement::Entity>()
        .filter(achievement::Column::Id.eq(row.achievement_id))
        .one()
        .await?
        .ok_or(Error::NotFound)?;
    Ok(Mail {
        to: holder.email,
        locale: holder.locale,
        message: Message::BadgeRevoked {
            name: holder.display_name,
            badge: badge.name,
            tenant: issuer.name,
            reason: reason.to_owned(),
            link: ctx.installation().address(&format!("/wallet/{}", row.id)),
        },
    })
}
