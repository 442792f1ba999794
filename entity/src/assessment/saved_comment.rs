//! A comment that an assessor keeps for another time.

use domain::{
    Timestamp,
    id::{PersonId, SavedCommentId, TenantId},
};
use sea_orm::entity::prelude::*;

/// A comment that an assessor keeps for another time.
#[derive(Debug, Clone, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "saved_comment")]
pub struct Model {
    /// The tenant that owns the row.
    #[sea_orm(primary_key, auto_increment = false)]
    pub tenant_id: TenantId,
    /// Its id.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: SavedCommentId,
    /// Whose it is.
    pub person_id: PersonId,
    /// What it says, as Markdown.
    pub content: String,
    /// When it was last changed.
    pub saved_at: Timestamp,
}

/// Rows are joined by hand: every key has two or more columns.
#[derive(Debug, Clone, Copy, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}

crate::tenant_owned!();
