//! How far the log is, and what signs it. One row.

use sea_orm::entity::prelude::*;

/// How far the log is, and what signs it. One row.
#[derive(Debug, Clone, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "transparency_log")]
pub struct Model {
    /// 1.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: i64,
    /// Its name, in every checkpoint.
    pub origin: String,
    /// Ed25519, 32 bytes.
    pub public_key: Vec<u8>,
    /// Under the master key.
    pub sealed_secret: Vec<u8>,
    /// How many entries there are.
    pub size: i64,
    /// Signed, as served.
    pub checkpoint: String,
}

/// Nothing is joined to it.
#[derive(Debug, Clone, Copy, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
