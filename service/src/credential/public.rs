//! A badge as anybody sees it whom its holder lets.

use domain::{
    Timestamp,
    credential::Standing,
    id::{CredentialId, PersonId},
};
use entity::{
    credential::{credential, credential_event, public_address},
    identity::person,
    program::award,
    tenancy::tenant,
    wallet::wallet_item,
};
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter};
use serde_json::Value;

use super::event::standing;
use crate::{
    Error, Result, SystemCtx,
    program::{Grounds, GroundsView, view_grounds},
    tenancy::Tenant,
};

/// A badge, and what its page says about it.
#[derive(Debug, Clone)]
pub struct PublicCredential {
    /// Its id.
    pub id: CredentialId,
    /// The document as it was signed.
    pub document: Value,
    /// The same, byte for byte.
    pub signed: String,
    /// Who issued it.
    pub issuer: Tenant,
    /// What its holder is called.
    pub holder: String,
    /// When it was issued.
    pub issued_at: Timestamp,
    /// When that was entered in the public log; none while it waits.
    pub logged_at: Option<Timestamp>,
    /// Whether it counts.
    pub standing: Standing,
    /// What it rests on, if its holder shows that.
    pub evidence: Option<Vec<GroundsView>>,
    /// Whether everybody may see it, or only its holder, who is looking.
    pub is_public: bool,
}

/// The badge with this id, for `viewer`: everybody if its holder made it public,
/// else its holder alone.
pub async fn public_credential(
    ctx: &SystemCtx,
    id: CredentialId,
    viewer: Option<PersonId>,
) -> Result<PublicCredential> {
    let tx = ctx.read().await?;
    let address = public_address::Entity::find_by_id(id.0)
        .one(&tx)
        .await?
        .ok_or(Error::NotFound)?;
    let row = credential::Entity::find()
        .filter(credential::Column::TenantId.eq(address.tenant_id))
        .filter(credential::Column::Id.eq(id))
        .one(&tx)
        .await?
        .ok_or(Error::NotFound)?;
    let item = wallet_item::Entity::find_by_id((row.person_id, id))
        .one(&tx)
        .await?
        .ok_or(Error::NotFound)?;
    if !item.is_public && viewer != Some(row.person_id) {
        return Err(Error::NotFound);
    }
    let issuer = tenant::Entity::find_by_id(row.tenant_id)
        .one(&tx)
        .await?
        .ok_or(Error::NotFound)?;
    let holder = person::Entity::find_by_id(row.person_id)
        .one(&tx)
        .await?
        .ok_or(Error::NotFound)?;
    let award = award::Entity::find()
        .filter(award::Column::TenantId.eq(row.tenant_id))
        .filter(award::Column::Id.eq(row.award_id))
        .one(&tx)
        .await?
        .ok_or(Error::NotFound)?;
    // The first step of every badge.
    let first = credential_event::Entity::find_by_id((row.tenant_id, id, 1))
        .one(&tx)
        .await?;
    drop(tx);
    let evidence = if item.shows_evidence {
        let grounds: Vec<Grounds> = serde_json::from_str(&award.because)?;
        let tenant = ctx.in_tenant(row.tenant_id);
        Some(view_grounds(&tenant.read().await?, &grounds).await?)
    } else {
        None
    };
    Ok(PublicCredential {
        id,
        standing: standing(&row),
        document: serde_json::from_str(&row.document)?,
        signed: row.document,
        issuer: Tenant::try_from(issuer)?,
        holder: holder.display_name,
        issued_at: row.issued_at,
        logged_at: first.and_then(|event| event.logged_at),
        evidence,
        is_public: item.is_public,
    })
}
