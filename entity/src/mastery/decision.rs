//! A decision about a competency or an assessment, with its record.

use domain::{
    Timestamp,
    id::{AssessmentId, AttemptId, CompetencyId, DecisionId, PersonId, TenantId},
};
use sea_orm::entity::prelude::*;

/// A decision, with its record: whether a competency is mastered, or an
/// assessment passed.
#[derive(Debug, Clone, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "decision")]
pub struct Model {
    /// The tenant that owns the row.
    #[sea_orm(primary_key, auto_increment = false)]
    pub tenant_id: TenantId,
    /// Its id.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: DecisionId,
    /// Whose it is.
    pub person_id: PersonId,
    /// The competency that it is about, if it is about one.
    pub competency_id: Option<CompetencyId>,
    /// The assessment that it is about, if it is about one.
    pub assessment_id: Option<AssessmentId>,
    /// Attempt id.
    pub attempt_id: Option<AttemptId>,
    /// Outcome.
    pub outcome: String,
    /// JSON: rule, evidence, trace.
    pub record: String,
    /// At.
    pub at: Timestamp,
}

/// Rows are joined by hand: every key has two or more columns.
#[derive(Debug, Clone, Copy, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}

crate::tenant_owned!();
