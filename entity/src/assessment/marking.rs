//! An answer that a person marks.

use domain::{
    Timestamp,
    assessment::MarkingStage,
    id::{AssessmentId, AttemptId, ItemVersionId, MarkingId, PersonId, TenantId},
};
use sea_orm::entity::prelude::*;

/// An answer that a person marks.
#[derive(Debug, Clone, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "marking")]
pub struct Model {
    /// The tenant that owns the row.
    #[sea_orm(primary_key, auto_increment = false)]
    pub tenant_id: TenantId,
    /// Its id.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: MarkingId,
    /// Attempt id.
    pub attempt_id: AttemptId,
    /// Position.
    pub position: i64,
    /// Assessment id.
    pub assessment_id: AssessmentId,
    /// Queued at.
    pub queued_at: Timestamp,
    /// Claimed by.
    pub claimed_by: Option<PersonId>,
    /// Claimed until.
    pub claimed_until: Option<Timestamp>,
    /// JSON: level per criterion, comment. The mark that stands, like whose and
    /// since when.
    pub mark: Option<String>,
    /// Marked by.
    pub marked_by: Option<PersonId>,
    /// Marked at.
    pub marked_at: Option<Timestamp>,
    /// Whose turn it is.
    pub stage: MarkingStage,
    /// Whether two have to mark it.
    pub is_double: bool,
    /// What was asked.
    pub item_version_id: Option<ItemVersionId>,
    /// Of two marks the first, as JSON.
    pub first_mark: Option<String>,
    /// First by.
    pub first_by: Option<PersonId>,
    /// First at.
    pub first_at: Option<Timestamp>,
    /// Of two marks the second, as JSON.
    pub second_mark: Option<String>,
    /// Second by: never who was first.
    pub second_by: Option<PersonId>,
    /// Second at.
    pub second_at: Option<Timestamp>,
}

/// Rows are joined by hand: every key has two or more columns.
#[derive(Debug, Clone, Copy, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}

crate::tenant_owned!();
