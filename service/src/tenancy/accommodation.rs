//! What members are given wherever they are assessed: set once, known to those
//! who manage people and to the member, and to nobody else.

use domain::{
    assessment::Accommodation,
    id::{MembershipId, PersonId},
    tenancy::Permission,
};
use entity::{TenantTx, assessment::attempt, tenancy::accommodation};
use sea_orm::ColumnTrait;
use serde_json::json;

use super::{hold_member, people::active};
use crate::{Ctx, Error, FieldErrors, Result, assessment::attempt::adjust, audit};

/// What a member is given.
pub async fn accommodation(ctx: &Ctx, id: MembershipId) -> Result<Accommodation> {
    ctx.require(Permission::ManagePeople)?;
    let tx = ctx.read().await?;
    let member = active(&tx, id).await?;
    given(&tx, member.person_id).await
}

/// Gives a member this from now on, also in the attempts that are under way, of
/// which none loses time by it. `seen` is what they were given when it was decided.
pub async fn set_accommodation(
    ctx: &Ctx,
    id: MembershipId,
    seen: Accommodation,
    next: Accommodation,
) -> Result<()> {
    ctx.require(Permission::ManagePeople)?;
    let mut errors = FieldErrors::default();
    for problem in next.check() {
        errors.add_problem(problem.path.clone(), &problem);
    }
    errors.check()?;
    let tx = ctx.write().await?;
    let person = active(&tx, id).await?.person_id;
    hold_member(&tx, person).await?;
    let before = given(&tx, person).await?;
    if before == next {
        return Ok(());
    }
    if before != seen {
        return Err(Error::Stale);
    }
    let row = accommodation::Model {
        tenant_id: ctx.tenant(),
        person_id: person,
        extra_time: next.extra_time.into(),
        breaks: next.breaks.into(),
        set_by: ctx.person()?,
        set_at: ctx.now(),
    };
    let key = [accommodation::Column::TenantId, accommodation::Column::PersonId];
    let values = [
        accommodation::Column::ExtraTime,
        accommodation::Column::Breaks,
        accommodation::Column::SetBy,
        accommodation::Column::SetAt,
    ];
    tx.upsert::<accommodation::Entity>(row, key, values).await?;
    adjust(ctx, &tx, attempt::Column::PersonId.eq(person)).await?;
    // What it is stays out of the trail, which is kept for longer.
    let subject = format!("membership:{id}");
    audit::note(
        &tx,
        ctx,
        "accommodation-changed",
        subject,
        json!({ "person": person }),
    )
    .await?;
    tx.commit().await?;
    Ok(())
}

/// What a person is given; nothing, if nothing was set.
pub(crate) async fn given(tx: &TenantTx, person: PersonId) -> Result<Accommodation> {
    let row = tx
        .rows::<accommodation::Entity>()
        .filter(accommodation::Column::PersonId.eq(person))
        .one()
        .await?;
    Ok(row.map_or_else(Accommodation::default, |row| Accommodation {
        extra_time: u16::try_from(row.extra_time).unwrap_or(0),
        breaks: u16::try_from(row.breaks).unwrap_or(0),
    }))
}
