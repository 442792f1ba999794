//! Addresses in a tenant.

use entity::{TenantTx, tenancy::tenant};
use sea_orm::EntityTrait;

use crate::{Error, Result};

/// The path of a page of the transaction's tenant: `/t/{slug}` and `page`,
/// which starts with a slash.
pub(crate) async fn path(tx: &TenantTx, page: &str) -> Result<String> {
    let tenant = tenant::Entity::find_by_id(tx.tenant())
        .one(tx.unowned())
        .await?
        .ok_or(Error::NotFound)?;
    Ok(format!("/t/{}{page}", tenant.slug))
}
