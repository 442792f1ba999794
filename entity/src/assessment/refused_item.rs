//! A question of another system that was not taken.

use domain::{
    Timestamp,
    assessment::Purpose,
    id::{PersonId, RefusedItemId, TenantId},
};
use sea_orm::entity::prelude::*;

/// A question that was not taken, kept to be tried again.
#[derive(Debug, Clone, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "refused_item")]
pub struct Model {
    /// The tenant that owns the row.
    #[sea_orm(primary_key, auto_increment = false)]
    pub tenant_id: TenantId,
    /// Its id, derived from its source: refused twice, it is one.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: RefusedItemId,
    /// What the file was called that it came in.
    pub file_name: String,
    /// What the file calls it; may be empty.
    pub identifier: String,
    /// Why it was not taken, as a code.
    pub reason: String,
    /// The line of the file, from 1; 0 where there is none.
    pub line: i64,
    /// The line of the file in which its own document begins, from 1.
    pub begins: i64,
    /// The element, field or file that it was for.
    pub element: String,
    /// What it was to be for.
    pub purpose: Purpose,
    /// A document or package that holds this question alone.
    pub source: Vec<u8>,
    /// When it was refused, the last time.
    pub refused_at: Timestamp,
    /// By whose import.
    pub refused_by: PersonId,
}

/// Rows are joined by hand: every key has two or more columns.
#[derive(Debug, Clone, Copy, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}

crate::tenant_owned!();
