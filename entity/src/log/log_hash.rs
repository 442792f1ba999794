//! A hash of the log's tree.

use sea_orm::entity::prelude::*;

/// A hash of the log's tree: of 256 to the power of `level` entries.
#[derive(Debug, Clone, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "log_hash")]
pub struct Model {
    /// The level of the tile that it stands in.
    #[sea_orm(primary_key, auto_increment = false)]
    pub level: i64,
    /// Its place in the level.
    #[sea_orm(primary_key, auto_increment = false)]
    pub position: i64,
    /// SHA-256, 32 bytes.
    pub hash: Vec<u8>,
}

/// Nothing is joined to it.
#[derive(Debug, Clone, Copy, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
