//! An invitation, as the person who holds its link sees it.

use std::sync::Arc;

use domain::{
    id::{PersonId, TenantId},
    tenancy::Role,
};
use entity::{
    Rows, TenantTx,
    identity::person,
    tenancy::{invitation as row, tenant},
};
use sea_orm::{ActiveValue::Set, ColumnTrait, EntityTrait, QueryFilter};
use serde_json::json;
use uuid::Uuid;

use super::{InvitationState, admit::admit};
use crate::{Actor, Ctx, Error, Installation, PersonCtx, Result, audit, identity::token};

/// An invitation, as its link shows it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Invited {
    /// The tenant's name.
    pub tenant: String,
    /// Its part of the address.
    pub slug: String,
    /// What one would be there.
    pub role: Role,
    /// For which address.
    pub email: String,
    /// Where it stands.
    pub state: InvitationState,
}

/// The invitation that a link leads to.
pub async fn invitation(installation: &Arc<Installation>, token: &str) -> Result<Invited> {
    let (ctx, hash) = open(installation, token, None)?;
    let tx = ctx.read().await?;
    let row = by_hash(&tx, hash).one().await?.ok_or(Error::NotFound)?;
    let tenant = tenant_of(&tx, &ctx).await?;
    Ok(Invited {
        tenant: tenant.name,
        slug: tenant.slug,
        role: role_of(&row)?,
        state: InvitationState::of(&row, ctx.now()),
        email: row.email,
    })
}

/// Accepts an invitation, and says to which tenant (its part of the address).
/// It is for one address only: `invitation-other-address` to whoever has
/// another. To have the link shows that the address is theirs.
pub async fn accept_invitation(person: &PersonCtx, token: &str) -> Result<String> {
    let (ctx, hash) = open(person.installation(), token, Some(person.person()))?;
    let tx = ctx.write().await?;
    let row = by_hash(&tx, hash).locked().one().await?.ok_or(Error::NotFound)?;
    let account = person::Entity::find_by_id(person.person())
        .one(tx.unowned())
        .await?
        .ok_or(Error::NotFound)?;
    if account.email_key != row.email_key {
        return Err(Error::Refused("invitation-other-address"));
    }
    let tenant = tenant_of(&tx, &ctx).await?;
    match InvitationState::of(&row, ctx.now()) {
        InvitationState::Waiting => {}
        // The button was pressed twice.
        InvitationState::Accepted => return Ok(tenant.slug),
        InvitationState::Revoked | InvitationState::Expired => {
            return Err(Error::Refused("invitation-over"));
        }
    }
    tx.change::<row::Entity>()
        .filter(row::Column::Id.eq(row.id))
        .set(row::Column::AcceptedAt, ctx.now())
        .apply()
        .await?;
    if account.email_verified_at.is_none() {
        let shown = person::ActiveModel {
            email_verified_at: Set(Some(ctx.now())),
            ..Default::default()
        };
        person::Entity::update_many()
            .set(shown)
            .filter(person::Column::Id.eq(account.id))
            .exec(tx.unowned())
            .await?;
    }
    let role = role_of(&row)?;
    let id = admit(&tx, &ctx, account.id, role).await?;
    let detail = json!({ "role": role, "invitation": row.id });
    audit::note(
        &tx,
        &ctx,
        "invitation-accepted",
        format!("membership:{id}"),
        detail,
    )
    .await?;
    tx.commit().await?;
    Ok(tenant.slug)
}

/// The path of an invitation's link. It names the tenant, so that the row is
/// looked for among the tenant's own.
pub(super) fn link(tenant: TenantId, secret: &[u8; 32]) -> String {
    let bytes = [&tenant.0.as_bytes()[..], secret].concat();
    format!("/invitations/{}", token::encode(&bytes))
}

/// The tenant that a link names, and what is stored of its secret.
fn open(installation: &Arc<Installation>, token: &str, person: Option<PersonId>) -> Result<(Ctx, Vec<u8>)> {
    let bytes: [u8; 48] = token::decode(token).ok_or(Error::NotFound)?;
    let (tenant, secret) = bytes.split_first_chunk::<16>().ok_or(Error::NotFound)?;
    let tenant = TenantId(Uuid::from_bytes(*tenant));
    let ctx = Ctx::new(Arc::clone(installation), tenant, Actor { person, role: None });
    Ok((ctx, token::hash(secret)))
}

fn by_hash(tx: &TenantTx, hash: Vec<u8>) -> Rows<'_, row::Entity> {
    tx.rows::<row::Entity>().filter(row::Column::TokenHash.eq(hash))
}

async fn tenant_of(tx: &TenantTx, ctx: &Ctx) -> Result<tenant::Model> {
    tenant::Entity::find_by_id(ctx.tenant())
        .one(tx.unowned())
        .await?
        .ok_or(Error::NotFound)
}

fn role_of(row: &row::Model) -> Result<Role> {
    row.role.parse().map_err(|_| Error::NotFound)
}
