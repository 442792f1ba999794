//! A learner takes a course.

use domain::{
    Timestamp,
    id::{CourseId, CourseVersionId, PersonId, TenantId},
};
use sea_orm::entity::prelude::*;

/// A learner takes a course.
#[derive(Debug, Clone, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "enrolment")]
pub struct Model {
    /// The tenant that owns the row.
    #[sea_orm(primary_key, auto_increment = false)]
    pub tenant_id: TenantId,
    /// Whose it is.
    #[sea_orm(primary_key, auto_increment = false)]
    pub person_id: PersonId,
    /// Course id.
    #[sea_orm(primary_key, auto_increment = false)]
    pub course_id: CourseId,
    /// A learner stays on the version they began.
    pub course_version_id: CourseVersionId,
    /// Enrolled at.
    pub enrolled_at: Timestamp,
    /// Completed at.
    pub completed_at: Option<Timestamp>,
}

/// Rows are joined by hand: every key has two or more columns.
#[derive(Debug, Clone, Copy, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}

crate::tenant_owned!();
