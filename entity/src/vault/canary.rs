//! What shows at a start whether the master key is the right one.

use sea_orm::entity::prelude::*;

/// What shows at a start whether the master key is the right one.
#[derive(Debug, Clone, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "vault_canary")]
pub struct Model {
    /// Always 1: there is one.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: i64,
    /// Under the master key.
    pub sealed: Vec<u8>,
}

/// Nothing refers to it.
#[derive(Debug, Clone, Copy, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
