//! A Bitstring Status List.

use domain::{
    Timestamp,
    id::{StatusListId, TenantId},
};
use sea_orm::entity::prelude::*;

/// A Bitstring Status List.
#[derive(Debug, Clone, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "status_list")]
pub struct Model {
    /// The tenant that owns the row.
    #[sea_orm(primary_key, auto_increment = false)]
    pub tenant_id: TenantId,
    /// Its id.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: StatusListId,
    /// Revocation | suspension.
    pub purpose: String,
    /// Gzip.
    pub bits: Vec<u8>,
    /// Entries given out.
    pub taken: i64,
    /// The signed list, as served.
    pub document: Option<String>,
    /// When it was last changed.
    pub updated_at: Timestamp,
}

/// Rows are joined by hand: every key has two or more columns.
#[derive(Debug, Clone, Copy, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}

crate::tenant_owned!();
