//! A word that authors find an item by.

use domain::id::{ItemId, TenantId};
use sea_orm::entity::prelude::*;

/// A word that authors find an item by.
#[derive(Debug, Clone, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "item_tag")]
pub struct Model {
    /// The tenant that owns the row.
    #[sea_orm(primary_key, auto_increment = false)]
    pub tenant_id: TenantId,
    /// Which item.
    #[sea_orm(primary_key, auto_increment = false)]
    pub item_id: ItemId,
    /// The word: a `Tag`.
    #[sea_orm(primary_key, auto_increment = false)]
    pub tag: String,
}

/// Rows are joined by hand: every key has two or more columns.
#[derive(Debug, Clone, Copy, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}

crate::tenant_owned!();
