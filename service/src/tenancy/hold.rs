//! Taking turns.

use domain::id::PersonId;
use entity::{TenantTx, tenancy::membership};
use sea_orm::ColumnTrait;

use crate::{Error, Result};

/// Holds a member until the transaction ends, so that what decides about the
/// same person is decided one after another: two attempts that end at the same
/// moment each see what the other earned.
pub(crate) async fn hold_member(tx: &TenantTx, person: PersonId) -> Result<()> {
    tx.rows::<membership::Entity>()
        .filter(membership::Column::PersonId.eq(person))
        .locked()
        .one()
        .await?
        .map(drop)
        .ok_or(Error::NotFound)
}
