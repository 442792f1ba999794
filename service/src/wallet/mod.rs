//! A person's badges, over all tenants: theirs, whatever becomes of the membership.

pub mod offer;

use domain::{
    Timestamp,
    credential::Standing,
    id::{CredentialId, TenantId},
};
use entity::{
    credential::{credential, credential_event},
    tenancy::tenant,
    wallet::wallet_item,
};
use sea_orm::{ActiveValue::Set, ColumnTrait, EntityTrait, QueryFilter, QueryOrder, QuerySelect};
use serde_json::Value;

use crate::{
    Error, PersonCtx, Result,
    credential::{Event, MOST_EVENTS, standing},
};

/// No wallet shows more at once.
const MOST: u64 = 1_000;

/// A badge in its holder's wallet.
#[derive(Debug, Clone, PartialEq)]
pub struct WalletItem {
    /// Its id.
    pub id: CredentialId,
    /// The tenant that issued it.
    pub issuer: TenantId,
    /// That tenant's part of the address.
    pub issuer_slug: String,
    /// That tenant's name.
    pub issuer_name: String,
    /// The document as it was signed.
    pub document: Value,
    /// When it was issued.
    pub issued_at: Timestamp,
    /// Whether it counts.
    pub standing: Standing,
    /// May everybody who has the address see it?
    pub is_public: bool,
    /// Does its page show what it rests on?
    pub shows_evidence: bool,
}

/// Who may see what of a badge.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Sharing {
    /// May everybody who has the address see it?
    pub is_public: bool,
    /// Does its page show what it rests on?
    pub shows_evidence: bool,
}

/// The person's badges, newest first.
pub async fn items(ctx: &PersonCtx) -> Result<Vec<WalletItem>> {
    let tx = ctx.read().await?;
    let rows = wallet_item::Entity::find()
        .filter(wallet_item::Column::PersonId.eq(ctx.person()))
        .order_by_desc(wallet_item::Column::AddedAt)
        .limit(MOST)
        .all(&tx)
        .await?;
    let signed = credential::Entity::find()
        .filter(credential::Column::PersonId.eq(ctx.person()))
        .filter(credential::Column::Id.is_in(rows.iter().map(|row| row.credential_id)))
        .all(&tx)
        .await?;
    let issuers = tenant::Entity::find()
        .filter(tenant::Column::Id.is_in(rows.iter().map(|row| row.tenant_id)))
        .all(&tx)
        .await?;
    rows.into_iter()
        .filter_map(|row| {
            let signed = signed.iter().find(|signed| signed.id == row.credential_id)?;
            let issuer = issuers.iter().find(|issuer| issuer.id == row.tenant_id)?;
            Some(view(&row, signed, issuer))
        })
        .collect()
}

/// One of the person's badges.
pub async fn item(ctx: &PersonCtx, id: CredentialId) -> Result<WalletItem> {
    let tx = ctx.read().await?;
    let row = wallet_item::Entity::find_by_id((ctx.person(), id))
        .one(&tx)
        .await?
        .ok_or(Error::NotFound)?;
    let signed = signed(&tx, &row).await?;
    let issuer = tenant::Entity::find_by_id(row.tenant_id)
        .one(&tx)
        .await?
        .ok_or(Error::NotFound)?;
    view(&row, &signed, &issuer)
}

/// All that its issuer did with one of the person's badges, newest first. Who it
/// was that did it is for the issuer to say.
pub async fn history(ctx: &PersonCtx, id: CredentialId) -> Result<Vec<Event>> {
    let tx = ctx.read().await?;
    credential_event::Entity::find()
        .filter(credential_event::Column::PersonId.eq(ctx.person()))
        .filter(credential_event::Column::CredentialId.eq(id))
        .order_by_desc(credential_event::Column::Number)
        .limit(MOST_EVENTS)
        .all(&tx)
        .await?
        .into_iter()
        .map(Event::of)
        .collect()
}

/// One of the person's badges, byte for byte as it was signed.
pub async fn download(ctx: &PersonCtx, id: CredentialId) -> Result<String> {
    let tx = ctx.read().await?;
    let row = wallet_item::Entity::find_by_id((ctx.person(), id))
        .one(&tx)
        .await?
        .ok_or(Error::NotFound)?;
    Ok(signed(&tx, &row).await?.document)
}

/// Says who may see what of a badge.
pub async fn share(ctx: &PersonCtx, id: CredentialId, sharing: Sharing) -> Result<()> {
    let tx = ctx.write().await?;
    let row = wallet_item::Entity::find_by_id((ctx.person(), id))
        .one(&tx)
        .await?
        .ok_or(Error::NotFound)?;
    let changed = wallet_item::ActiveModel {
        is_public: Set(sharing.is_public),
        shows_evidence: Set(sharing.shows_evidence),
        ..Default::default()
    };
    wallet_item::Entity::update_many()
        .set(changed)
        .filter(wallet_item::Column::PersonId.eq(row.person_id))
        .filter(wallet_item::Column::CredentialId.eq(id))
        .exec(&tx)
        .await?;
    tx.commit().await?;
    Ok(())
}

async fn signed(tx: &sea_orm::DatabaseTransaction, row: &wallet_item::Model) -> Result<credential::Model> {
    credential::Entity::find_by_id((row.tenant_id, row.credential_id))
        .one(tx)
        .await?
        .ok_or(Error::NotFound)
}

fn view(row: &wallet_item::Model, signed: &credential::Model, issuer: &tenant::Model) -> Result<WalletItem> {
    Ok(WalletItem {
        id: row.credential_id,
        issuer: row.tenant_id,
        issuer_slug: issuer.slug.clone(),
        issuer_name: issuer.name.clone(),
        document: serde_json::from_str(&signed.document)?,
        issued_at: signed.issued_at,
        standing: standing(signed),
        is_public: row.is_public,
        shows_evidence: row.shows_evidence,
    })
}
