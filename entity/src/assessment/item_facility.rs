//! What all answers to a version of an item add up to, in all assessments together.

use domain::id::{ItemVersionId, TenantId};
use sea_orm::entity::prelude::*;

/// What all answers to a version of an item add up to, in all assessments together.
#[derive(Debug, Clone, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "item_facility")]
pub struct Model {
    /// The tenant that owns the row.
    #[sea_orm(primary_key, auto_increment = false)]
    pub tenant_id: TenantId,
    /// Which version.
    #[sea_orm(primary_key, auto_increment = false)]
    pub item_version_id: ItemVersionId,
    /// How many there are.
    pub answers: i64,
    /// What they earned, in millionths of full points.
    pub earned: i64,
}

/// Rows are joined by hand: every key has two or more columns.
#[derive(Debug, Clone, Copy, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}

crate::tenant_owned!();
