//! A learner has seen an item.

use domain::{
    Timestamp,
    id::{ItemId, PersonId, TenantId},
};
use sea_orm::entity::prelude::*;

/// A learner has seen an item.
#[derive(Debug, Clone, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "exposure")]
pub struct Model {
    /// The tenant that owns the row.
    #[sea_orm(primary_key, auto_increment = false)]
    pub tenant_id: TenantId,
    /// Whose it is.
    #[sea_orm(primary_key, auto_increment = false)]
    pub person_id: PersonId,
    /// Item id.
    #[sea_orm(primary_key, auto_increment = false)]
    pub item_id: ItemId,
    /// Seen at.
    pub seen_at: Timestamp,
}

/// Rows are joined by hand: every key has two or more columns.
#[derive(Debug, Clone, Copy, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}

crate::tenant_owned!();
