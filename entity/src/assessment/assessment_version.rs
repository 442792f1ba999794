//! A published state of an assessment; never changed.

use domain::{
    Timestamp,
    id::{AssessmentId, AssessmentVersionId, PersonId, TenantId},
};
use sea_orm::entity::prelude::*;

/// A published state of an assessment; never changed.
#[derive(Debug, Clone, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "assessment_version")]
pub struct Model {
    /// The tenant that owns the row.
    #[sea_orm(primary_key, auto_increment = false)]
    pub tenant_id: TenantId,
    /// Its id.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: AssessmentVersionId,
    /// Assessment id.
    pub assessment_id: AssessmentId,
    /// 1, 2, 3 ….
    pub number: i64,
    /// The document, as JSON.
    pub content: String,
    /// Who published it.
    pub published_by: PersonId,
    /// When it was published.
    pub published_at: Timestamp,
}

/// Rows are joined by hand: every key has two or more columns.
#[derive(Debug, Clone, Copy, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}

crate::tenant_owned!();

crate::version!(AssessmentVersionId);
