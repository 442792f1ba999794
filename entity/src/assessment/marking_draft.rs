//! A mark that somebody has begun and not given.

use domain::{
    Timestamp,
    id::{MarkingId, PersonId, TenantId},
};
use sea_orm::entity::prelude::*;

/// A mark that somebody has begun and not given.
#[derive(Debug, Clone, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "marking_draft")]
pub struct Model {
    /// The tenant that owns the row.
    #[sea_orm(primary_key, auto_increment = false)]
    pub tenant_id: TenantId,
    /// Of which piece.
    #[sea_orm(primary_key, auto_increment = false)]
    pub marking_id: MarkingId,
    /// By whom.
    #[sea_orm(primary_key, auto_increment = false)]
    pub person_id: PersonId,
    /// JSON: a mark per response, any level missing.
    pub content: String,
    /// When it was last kept.
    pub saved_at: Timestamp,
}

/// Rows are joined by hand: every key has two or more columns.
#[derive(Debug, Clone, Copy, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}

crate::tenant_owned!();
