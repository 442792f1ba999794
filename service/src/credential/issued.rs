//! The badges that a tenant issued, as its admins see them.

use std::collections::BTreeMap;

use domain::{
    Timestamp,
    credential::Standing,
    id::{AchievementId, CredentialId, PersonId},
    tenancy::Permission,
};
use entity::{TenantTx, credential::credential, identity::person, program::achievement};
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter};

use super::event::standing;
use crate::{
    Ctx, Error, Result,
    paging::{PAGE_SIZE, Paged, Window},
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
    /// Whether it counts.
    pub standing: Standing,
    /// Whether it has a place in a list of suspended badges: one that was signed
    /// while its issuer did not allow that names none, and no verifier would ask.
    pub can_be_suspended: bool,
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
            standing: standing(&row),
            can_be_suspended: row.suspension_list_id.is_some(),
        })
        .collect())
}
