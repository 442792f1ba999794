//! What a person is given wherever they are assessed.

use domain::{
    Timestamp,
    id::{PersonId, TenantId},
};
use sea_orm::entity::prelude::*;

/// What a person is given wherever they are assessed.
#[derive(Debug, Clone, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "accommodation")]
pub struct Model {
    /// The tenant that owns the row.
    #[sea_orm(primary_key, auto_increment = false)]
    pub tenant_id: TenantId,
    /// Who.
    #[sea_orm(primary_key, auto_increment = false)]
    pub person_id: PersonId,
    /// Extra time, in percent of a time limit.
    pub extra_time: i64,
    /// Breaks, in minutes of one attempt.
    pub breaks: i64,
    /// Who set it.
    pub set_by: PersonId,
    /// When.
    pub set_at: Timestamp,
}

/// Rows are joined by hand: every key has two or more columns.
#[derive(Debug, Clone, Copy, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}

crate::tenant_owned!();
