//! Somebody has written in an item's draft since it was last approved.

use domain::id::{ItemId, PersonId, TenantId};
use sea_orm::entity::prelude::*;

/// Somebody has written in an item's draft since it was last approved.
#[derive(Debug, Clone, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "item_writer")]
pub struct Model {
    /// The tenant that owns the row.
    #[sea_orm(primary_key, auto_increment = false)]
    pub tenant_id: TenantId,
    /// In which item.
    #[sea_orm(primary_key, auto_increment = false)]
    pub item_id: ItemId,
    /// Who.
    #[sea_orm(primary_key, auto_increment = false)]
    pub person_id: PersonId,
}

/// Rows are joined by hand: every key has two or more columns.
#[derive(Debug, Clone, Copy, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}

crate::tenant_owned!();
