use domain::{
    id::PersonId,
    identity::EmailAddress,
    tenancy::{Role, SignUpPolicy},
};
use entity::{
    TenantTx,
    identity::person,
    tenancy::{membership, tenant},
};
use sea_orm::{ColumnTrait, EntityTrait};
use serde_json::json;

use super::admit::{admit, of_person};
use crate::{Ctx, Error, Result, audit};

/// Whether somebody may join a tenant by themselves.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Joining {
    /// They belong to it already.
    Member,
    /// They may, now.
    Open,
    /// Only with an invitation, or with an address that they do not have.
    NeedsInvitation,
    /// They belonged to it, and that was ended; only an invitation lets them
    /// back in.
    Ended,
}

/// Whether the person may join the tenant by themselves.
pub async fn joining(ctx: &Ctx) -> Result<Joining> {
    let person = ctx.person()?;
    let tx = ctx.read().await?;
    let known = tx
        .rows::<membership::Entity>()
        .filter(membership::Column::PersonId.eq(person))
        .one()
        .await?;
    decide(&tx, ctx, person, known.as_ref()).await
}

/// Joins the tenant as a learner, if its policy admits the person. Who belongs
/// to it already goes on as they are.
pub async fn join(ctx: &Ctx) -> Result<()> {
    let person = ctx.person()?;
    let tx = ctx.write().await?;
    let known = of_person(&tx, person).await?;
    match decide(&tx, ctx, person, known.as_ref()).await? {
        Joining::Member => return Ok(()),
        Joining::Open => {}
        Joining::NeedsInvitation => return Err(Error::Refused("join-needs-invitation")),
        Joining::Ended => return Err(Error::Refused("join-ended")),
    }
    let id = admit(&tx, ctx, person, Role::Learner).await?;
    audit::note(
        &tx,
        ctx,
        "membership-joined",
        format!("membership:{id}"),
        json!({}),
    )
    .await?;
    tx.commit().await?;
    Ok(())
}

async fn decide(
    tx: &TenantTx,
    ctx: &Ctx,
    person: PersonId,
    known: Option<&membership::Model>,
) -> Result<Joining> {
    match known {
        Some(known) if known.ended_at.is_none() => return Ok(Joining::Member),
        Some(_) => return Ok(Joining::Ended),
        None => {}
    }
    let tenant = tenant::Entity::find_by_id(ctx.tenant())
        .one(tx.unowned())
        .await?
        .ok_or(Error::NotFound)?;
    let policy: SignUpPolicy = serde_json::from_str(&tenant.sign_up)?;
    let person = person::Entity::find_by_id(person)
        .one(tx.unowned())
        .await?
        .ok_or(Error::NotFound)?;
    let is_admitted = person.email_verified_at.is_some()
        && EmailAddress::parse(&person.email).is_ok_and(|email| policy.admits(&email));
    Ok(if is_admitted {
        Joining::Open
    } else {
        Joining::NeedsInvitation
    })
}
