//! A person's place in a tenant.

use domain::{
    Timestamp,
    id::{MembershipId, PersonId, TenantId},
};
use sea_orm::entity::prelude::*;

/// A person's place in a tenant.
#[derive(Debug, Clone, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "membership")]
pub struct Model {
    /// The tenant that owns the row.
    #[sea_orm(primary_key, auto_increment = false)]
    pub tenant_id: TenantId,
    /// Its id.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: MembershipId,
    /// Whose it is.
    pub person_id: PersonId,
    /// Role.
    pub role: String,
    /// Joined at.
    pub joined_at: Timestamp,
    /// Ended at.
    pub ended_at: Option<Timestamp>,
}

/// Rows are joined by hand: every key has two or more columns.
#[derive(Debug, Clone, Copy, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}

crate::tenant_owned!();
