//! One thing that somebody did.

use domain::{
    Timestamp,
    id::{AuditId, PersonId, TenantId},
};
use sea_orm::entity::prelude::*;

/// One thing that somebody did.
#[derive(Debug, Clone, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "audit_entry")]
pub struct Model {
    /// The tenant that owns the row.
    #[sea_orm(primary_key, auto_increment = false)]
    pub tenant_id: TenantId,
    /// Its id.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: AuditId,
    /// At.
    pub at: Timestamp,
    /// A person; none when Cairn acted by itself.
    pub actor_id: Option<PersonId>,
    /// Action.
    pub action: String,
    /// Kind:id.
    pub subject: String,
    /// JSON, never a secret.
    pub detail: String,
}

/// Rows are joined by hand: every key has two or more columns.
#[derive(Debug, Clone, Copy, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}

crate::tenant_owned!();
