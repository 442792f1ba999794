//! An entry of the log.

use sea_orm::entity::prelude::*;

/// An entry of the log.
#[derive(Debug, Clone, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "log_entry")]
pub struct Model {
    /// 0, 1, 2 …
    #[sea_orm(primary_key, auto_increment = false)]
    pub position: i64,
    /// JSON, byte for byte as it was hashed.
    pub content: String,
}

/// Nothing is joined to it.
#[derive(Debug, Clone, Copy, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
