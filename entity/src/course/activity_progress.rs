//! How far a learner is with an activity.

use domain::{
    Timestamp,
    id::{ActivityId, CourseId, PersonId, TenantId},
};
use sea_orm::entity::prelude::*;

/// How far a learner is with an activity.
#[derive(Debug, Clone, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "activity_progress")]
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
    /// Activity id.
    #[sea_orm(primary_key, auto_increment = false)]
    pub activity_id: ActivityId,
    /// Started at.
    pub started_at: Timestamp,
    /// Completed at.
    pub completed_at: Option<Timestamp>,
}

/// Rows are joined by hand: every key has two or more columns.
#[derive(Debug, Clone, Copy, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}

crate::tenant_owned!();
