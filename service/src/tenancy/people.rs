use std::collections::HashMap;

use domain::{
    Timestamp,
    id::{MembershipId, PersonId},
    tenancy::{Permission, Role},
};
use entity::{TenantTx, identity::person, tenancy::membership};
use sea_orm::{
    ColumnTrait, Condition, EntityTrait, ExprTrait, JoinType, QueryFilter, RelationDef,
    sea_query::{Expr, Func, LikeExpr},
};
use serde_json::json;

use super::{admit::role_of, invite::withdraw};
use crate::{
    Ctx, Error, Paged, Result, audit,
    paging::{PAGE_SIZE, Window},
};

/// Nobody is looked for with more letters.
const LONGEST_SEARCH: usize = 100;

/// A member, as those who manage people see them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Member {
    /// The membership's id.
    pub id: MembershipId,
    /// Whose it is.
    pub person: PersonId,
    /// What they are called.
    pub name: String,
    /// Their address.
    pub email: String,
    /// What they are in the tenant.
    pub role: Role,
    /// Since when.
    pub joined_at: Timestamp,
}

/// Which members to list.
#[derive(Debug, Clone, Copy, Default)]
pub struct PeopleFilter<'form> {
    /// Part of a name or an address; empty for all.
    pub search: &'form str,
    /// Only those with this role.
    pub role: Option<Role>,
}

/// The tenant's members, by name.
pub async fn people(ctx: &Ctx, filter: PeopleFilter<'_>, page: u32) -> Result<Paged<Member>> {
    ctx.require(Permission::ManagePeople)?;
    let tx = ctx.read().await?;
    let found = tx
        .rows::<membership::Entity>()
        .join(JoinType::InnerJoin, to_person())
        .filter(membership::Column::EndedAt.is_null())
        .filter(matching(filter));
    let window = Window::new(page, found.clone().count().await?);
    let rows = found
        .asc(Expr::expr(Func::lower(Expr::col((
            person::Entity,
            person::Column::DisplayName,
        )))))
        .asc(membership::Column::Id)
        .offset(window.offset())
        .limit(PAGE_SIZE)
        .all()
        .await?;
    Ok(window.of(with_people(&tx, rows).await?))
}

/// One member.
pub async fn member(ctx: &Ctx, id: MembershipId) -> Result<Member> {
    ctx.require(Permission::ManagePeople)?;
    let tx = ctx.read().await?;
    let row = active(&tx, id).await?;
    with_people(&tx, vec![row]).await?.pop().ok_or(Error::NotFound)
}

/// Gives a member another role. `seen` is the role that they had when it was
/// decided. The last owner stays one.
pub async fn change_role(ctx: &Ctx, id: MembershipId, seen: &str, role: &str) -> Result<()> {
    ctx.require(Permission::ManagePeople)?;
    let role: Role = role.parse().map_err(|_| Error::field("role", "choice-unknown"))?;
    let tx = ctx.write().await?;
    let held = held(&tx, ctx, id).await?;
    let (row, before) = (&held.row, held.role);
    if before == role {
        return Ok(());
    }
    if row.role != seen {
        return Err(Error::Stale);
    }
    if !ctx.actor().role.is_some_and(|own| own.may_assign(role)) {
        return Err(Error::field("role", "role-above"));
    }
    held.keep_an_owner()?;
    tx.change::<membership::Entity>()
        .filter(membership::Column::Id.eq(id))
        .set(membership::Column::Role, role.as_str())
        .apply()
        .await?;
    withdraw(&tx, ctx, row.person_id, Some(role)).await?;
    let detail = json!({ "person": row.person_id, "from": before, "to": role });
    audit::note(
        &tx,
        ctx,
        "membership-role-changed",
        format!("membership:{id}"),
        detail,
    )
    .await?;
    tx.commit().await?;
    Ok(())
}

/// Ends a membership. What the person earned stays theirs. The last owner stays.
pub async fn end_membership(ctx: &Ctx, id: MembershipId) -> Result<()> {
    ctx.require(Permission::ManagePeople)?;
    let tx = ctx.write().await?;
    let held = held(&tx, ctx, id).await?;
    held.keep_an_owner()?;
    let Held { row, role, .. } = held;
    tx.change::<membership::Entity>()
        .filter(membership::Column::Id.eq(id))
        .set(membership::Column::EndedAt, ctx.now())
        .apply()
        .await?;
    withdraw(&tx, ctx, row.person_id, None).await?;
    let detail = json!({ "person": row.person_id, "role": role });
    audit::note(&tx, ctx, "membership-ended", format!("membership:{id}"), detail).await?;
    tx.commit().await?;
    Ok(())
}

/// A membership that the actor may change, held until the transaction ends
/// together with every owner's.
struct Held {
    row: membership::Model,
    role: Role,
    owners: usize,
}

impl Held {
    /// Before an owner ceases to be one: there must be another.
    fn keep_an_owner(&self) -> Result<()> {
        if self.role == Role::Owner && self.owners < 2 {
            return Err(Error::Refused("last-owner"));
        }
        Ok(())
    }
}

/// All are held at once and in the same order by everybody: two owners who
/// unmake each other wait for one another, and do not both succeed.
async fn held(tx: &TenantTx, ctx: &Ctx, id: MembershipId) -> Result<Held> {
    let owner = Role::Owner.as_str();
    let this_or_owners = Condition::any()
        .add(membership::Column::Id.eq(id))
        .add(membership::Column::Role.eq(owner));
    let rows = tx
        .rows::<membership::Entity>()
        .filter(this_or_owners)
        .filter(membership::Column::EndedAt.is_null())
        .asc(membership::Column::Id)
        .locked()
        .all()
        .await?;
    let owners = rows.iter().filter(|row| row.role == owner).count();
    let row = rows.into_iter().find(|row| row.id == id).ok_or(Error::NotFound)?;
    let role = role_of(&row)?;
    if ctx.actor().role.is_some_and(|own| own.may_assign(role)) {
        Ok(Held { row, role, owners })
    } else {
        Err(Error::Refused("role-above"))
    }
}

pub(super) async fn active(tx: &TenantTx, id: MembershipId) -> Result<membership::Model> {
    tx.rows::<membership::Entity>()
        .filter(membership::Column::Id.eq(id))
        .filter(membership::Column::EndedAt.is_null())
        .one()
        .await?
        .ok_or(Error::NotFound)
}

fn to_person() -> RelationDef {
    membership::Entity::belongs_to(person::Entity)
        .from(membership::Column::PersonId)
        .to(person::Column::Id)
        .into()
}

fn matching(filter: PeopleFilter<'_>) -> Condition {
    let search: String = filter.search.trim().chars().take(LONGEST_SEARCH).collect();
    let mut condition = Condition::all();
    if let Some(role) = filter.role {
        condition = condition.add(membership::Column::Role.eq(role.as_str()));
    }
    if !search.is_empty() {
        let contains = |column: person::Column| {
            Expr::expr(Func::lower(Expr::col((person::Entity, column)))).like(pattern(&search))
        };
        condition = condition.add(
            Condition::any()
                .add(contains(person::Column::DisplayName))
                .add(contains(person::Column::Email)),
        );
    }
    condition
}

/// `LIKE`'s own signs in what was typed stand for themselves.
fn pattern(search: &str) -> LikeExpr {
    let escaped: String = search
        .to_lowercase()
        .chars()
        .flat_map(|letter| {
            let sign = matches!(letter, '%' | '_' | '\\').then_some('\\');
            sign.into_iter().chain([letter])
        })
        .collect();
    LikeExpr::new(format!("%{escaped}%")).escape('\\')
}

async fn with_people(tx: &TenantTx, rows: Vec<membership::Model>) -> Result<Vec<Member>> {
    let ids: Vec<PersonId> = rows.iter().map(|row| row.person_id).collect();
    let people: HashMap<PersonId, person::Model> = person::Entity::find()
        .filter(person::Column::Id.is_in(ids))
        .all(tx.unowned())
        .await?
        .into_iter()
        .map(|row| (row.id, row))
        .collect();
    rows.into_iter()
        .filter_map(|row| Some((people.get(&row.person_id)?, row)))
        .map(|(person, row)| {
            Ok(Member {
                id: row.id,
                person: row.person_id,
                name: person.display_name.clone(),
                email: person.email.clone(),
                role: role_of(&row)?,
                joined_at: row.joined_at,
            })
        })
        .collect()
}
