//! An answer that came when the time was up, beside the one that was handed in.

use domain::{
    Timestamp,
    id::{AssessmentId, AttemptId, PersonId, TenantId},
};
use sea_orm::entity::prelude::*;

/// An answer that came when the time was up, beside the one that was handed in.
#[derive(Debug, Clone, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "late_answer")]
pub struct Model {
    /// The tenant that owns the row.
    #[sea_orm(primary_key, auto_increment = false)]
    pub tenant_id: TenantId,
    /// Attempt id.
    #[sea_orm(primary_key, auto_increment = false)]
    pub attempt_id: AttemptId,
    /// 0-based place in the form.
    #[sea_orm(primary_key, auto_increment = false)]
    pub position: i64,
    /// Assessment id.
    pub assessment_id: AssessmentId,
    /// JSON.
    pub answer: String,
    /// When it was given, by what the browser says; none if it says nothing.
    pub given_at: Option<Timestamp>,
    /// Arrived at, by the server's clock.
    pub arrived_at: Timestamp,
    /// Whether it counts; none while that is open.
    pub counts: Option<bool>,
    /// JSON: what an assessor says of it, where a person marks.
    pub mark: Option<String>,
    /// Why, for the learner; none where the policy decided.
    pub reason: Option<String>,
    /// Who decided; none where the policy did.
    pub decided_by: Option<PersonId>,
    /// Decided at.
    pub decided_at: Option<Timestamp>,
}

/// Rows are joined by hand: every key has two or more columns.
#[derive(Debug, Clone, Copy, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}

crate::tenant_owned!();
