use std::collections::HashMap;

use domain::{id::TenantId, tenancy::Role};
use entity::tenancy::{membership, tenant};
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, QueryOrder, QuerySelect};

use super::{Tenant, admit::role_of};
use crate::{PersonCtx, Result};

/// A tenant that a person belongs to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Belonging {
    /// The tenant.
    pub tenant: Tenant,
    /// What they are in it.
    pub role: Role,
}

/// The tenants that the person belongs to, the latest joined first.
pub async fn mine(ctx: &PersonCtx) -> Result<Vec<Belonging>> {
    let tx = ctx.read().await?;
    let memberships = membership::Entity::find()
        .filter(membership::Column::PersonId.eq(ctx.person()))
        .filter(membership::Column::EndedAt.is_null())
        .order_by_desc(membership::Column::JoinedAt)
        .limit(200)
        .all(&tx)
        .await?;
    let ids: Vec<TenantId> = memberships.iter().map(|row| row.tenant_id).collect();
    let mut tenants: HashMap<TenantId, tenant::Model> = tenant::Entity::find()
        .filter(tenant::Column::Id.is_in(ids))
        .all(&tx)
        .await?
        .into_iter()
        .map(|row| (row.id, row))
        .collect();
    memberships
        .iter()
        .filter_map(|row| Some((row, tenants.remove(&row.tenant_id)?)))
        .map(|(row, tenant)| {
            Ok(Belonging {
                tenant: Tenant::try_from(tenant)?,
                role: role_of(row)?,
            })
        })
        .collect()
}
