//! What all answers to a version of an item in one assessment add up to.

use domain::id::{AssessmentId, ItemVersionId, TenantId};
use sea_orm::entity::prelude::*;

/// What all answers to a version of an item in one assessment add up to.
#[derive(Debug, Clone, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "item_tally")]
pub struct Model {
    /// The tenant that owns the row.
    #[sea_orm(primary_key, auto_increment = false)]
    pub tenant_id: TenantId,
    /// Assessment id.
    #[sea_orm(primary_key, auto_increment = false)]
    pub assessment_id: AssessmentId,
    /// Item version id.
    #[sea_orm(primary_key, auto_increment = false)]
    pub item_version_id: ItemVersionId,
    /// JSON: the sums.
    pub content: String,
}

/// Rows are joined by hand: every key has two or more columns.
#[derive(Debug, Clone, Copy, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}

crate::tenant_owned!();
