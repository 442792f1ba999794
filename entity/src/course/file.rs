//! A stored file; the bytes are in the object store.

use domain::{
    Timestamp,
    id::{FileId, PersonId, TenantId},
};
use sea_orm::entity::prelude::*;

/// A stored file; the bytes are in the object store.
#[derive(Debug, Clone, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "file")]
pub struct Model {
    /// The tenant that owns the row.
    #[sea_orm(primary_key, auto_increment = false)]
    pub tenant_id: TenantId,
    /// Its id.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: FileId,
    /// What texts call it; unique in the tenant.
    pub name: String,
    /// Found from the content.
    pub media_type: String,
    /// Bytes.
    pub size: i64,
    /// Sha256.
    pub sha256: Vec<u8>,
    /// Visitors may see it too.
    pub is_public: bool,
    /// Who made it.
    pub created_by: PersonId,
    /// When it was made.
    pub created_at: Timestamp,
}

/// Rows are joined by hand: every key has two or more columns.
#[derive(Debug, Clone, Copy, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}

crate::tenant_owned!();
