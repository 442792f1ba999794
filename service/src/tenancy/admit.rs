use domain::{
    id::{MembershipId, PersonId},
    tenancy::{Permission, Role},
};
use entity::{TenantTx, tenancy::membership};
use sea_orm::ColumnTrait;
use serde_json::json;

use crate::{Ctx, Error, Result, audit};

/// Makes `person` a member straight away, for whoever sets a tenant up; people
/// join by themselves or by invitation.
pub async fn add_member(ctx: &Ctx, person: PersonId, role: Role) -> Result<MembershipId> {
    ctx.require(Permission::ManagePeople)?;
    if !ctx.actor().role.is_some_and(|own| own.may_assign(role)) {
        return Err(Error::Refused("role-above"));
    }
    let tx = ctx.write().await?;
    let id = admit(&tx, ctx, person, role).await?;
    let detail = json!({ "role": role, "person": person });
    audit::note(&tx, ctx, "membership-added", format!("membership:{id}"), detail).await?;
    tx.commit().await?;
    Ok(id)
}

/// Makes `person` a member with `role`. Who is one already keeps the role that
/// allows more; who was one becomes one again.
pub(super) async fn admit(tx: &TenantTx, ctx: &Ctx, person: PersonId, role: Role) -> Result<MembershipId> {
    let fresh = membership::Model {
        tenant_id: ctx.tenant(),
        id: ctx.new_id(),
        person_id: person,
        role: role.to_string(),
        joined_at: ctx.now(),
        ended_at: None,
    };
    let id = fresh.id;
    let once = [membership::Column::TenantId, membership::Column::PersonId];
    if tx.insert_new::<membership::Entity>(fresh, once).await? {
        return Ok(id);
    }
    let known = of_person(tx, person).await?.ok_or(Error::NotFound)?;
    let change = tx
        .change::<membership::Entity>()
        .filter(membership::Column::Id.eq(known.id));
    match known.ended_at {
        Some(_) => change
            .set(membership::Column::EndedAt, None::<i64>)
            .set(membership::Column::JoinedAt, ctx.now())
            .set(membership::Column::Role, role.as_str()),
        None => change.set(membership::Column::Role, role_of(&known)?.min(role).as_str()),
    }
    .apply()
    .await?;
    Ok(known.id)
}

/// The membership of `person`, perhaps an ended one.
pub(super) async fn of_person(tx: &TenantTx, person: PersonId) -> Result<Option<membership::Model>> {
    Ok(tx
        .rows::<membership::Entity>()
        .filter(membership::Column::PersonId.eq(person))
        .locked()
        .one()
        .await?)
}

/// A membership's role, as the domain knows it.
pub(super) fn role_of(row: &membership::Model) -> Result<Role> {
    row.role.parse().map_err(|_| Error::NotFound)
}
