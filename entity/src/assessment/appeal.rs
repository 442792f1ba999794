//! A learner's request to have a result looked at again.

use domain::{
    Timestamp,
    id::{AppealId, AssessmentId, AttemptId, PersonId, TenantId},
};
use sea_orm::entity::prelude::*;

/// A learner's request to have a result looked at again.
#[derive(Debug, Clone, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "appeal")]
pub struct Model {
    /// The tenant that owns the row.
    #[sea_orm(primary_key, auto_increment = false)]
    pub tenant_id: TenantId,
    /// Its id.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: AppealId,
    /// Attempt id.
    pub attempt_id: AttemptId,
    /// Assessment id.
    pub assessment_id: AssessmentId,
    /// Why, in the words of the learner.
    pub reason: String,
    /// Asked at.
    pub asked_at: Timestamp,
    /// Whether the answer changed anything; none while it is open.
    pub changed: Option<bool>,
    /// What the assessor answered.
    pub answer: Option<String>,
    /// Answered by.
    pub answered_by: Option<PersonId>,
    /// Answered at.
    pub answered_at: Option<Timestamp>,
}

/// Rows are joined by hand: every key has two or more columns.
#[derive(Debug, Clone, Copy, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}

crate::tenant_owned!();
