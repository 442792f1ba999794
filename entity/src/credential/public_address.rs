//! Which tenant a public id belongs to.

use domain::id::TenantId;
use sea_orm::entity::prelude::*;

/// Which tenant a public id belongs to.
#[derive(Debug, Clone, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "public_address")]
pub struct Model {
    /// Its id.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    /// Credential | status-list.
    pub kind: String,
    /// The tenant that owns the row.
    pub tenant_id: TenantId,
}

/// Rows are joined by hand: every key has two or more columns.
#[derive(Debug, Clone, Copy, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
