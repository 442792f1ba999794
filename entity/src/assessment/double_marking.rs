//! How much of what people mark at an assessment is marked by two.

use domain::id::{AssessmentId, TenantId};
use sea_orm::entity::prelude::*;

/// How much of what people mark at an assessment is marked by two.
#[derive(Debug, Clone, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "double_marking")]
pub struct Model {
    /// The tenant that owns the row.
    #[sea_orm(primary_key, auto_increment = false)]
    pub tenant_id: TenantId,
    /// At which assessment.
    #[sea_orm(primary_key, auto_increment = false)]
    pub assessment_id: AssessmentId,
    /// The share of pieces, in percent.
    pub share: i64,
    /// How far apart two marks may be and agree, in hundredths of points.
    pub tolerance: i64,
}

/// Rows are joined by hand: every key has two or more columns.
#[derive(Debug, Clone, Copy, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}

crate::tenant_owned!();
