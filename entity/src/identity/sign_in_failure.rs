//! Failed sign-ins for one address.

use domain::Timestamp;
use sea_orm::entity::prelude::*;

/// Failed sign-ins for one address.
#[derive(Debug, Clone, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "sign_in_failure")]
pub struct Model {
    /// SHA-256 of the address tried, known or not.
    #[sea_orm(primary_key, auto_increment = false)]
    pub account_key: Vec<u8>,
    /// Failures.
    pub failures: i64,
    /// Last at.
    pub last_at: Timestamp,
}

/// Rows are joined by hand: every key has two or more columns.
#[derive(Debug, Clone, Copy, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
