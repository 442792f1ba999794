//! One learner's go at an assessment.

use domain::{
    Seed, Timestamp,
    id::{ActivityId, AssessmentId, AssessmentVersionId, AttemptId, CourseId, PersonId, TenantId},
};
use sea_orm::entity::prelude::*;

/// One learner's go at an assessment.
#[derive(Debug, Clone, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "attempt")]
pub struct Model {
    /// The tenant that owns the row.
    #[sea_orm(primary_key, auto_increment = false)]
    pub tenant_id: TenantId,
    /// Its id.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: AttemptId,
    /// Whose it is.
    pub person_id: PersonId,
    /// Assessment id.
    pub assessment_id: AssessmentId,
    /// Assessment version id.
    pub assessment_version_id: AssessmentVersionId,
    /// Course id.
    pub course_id: Option<CourseId>,
    /// Activity id.
    pub activity_id: Option<ActivityId>,
    /// The learner's 1st, 2nd … at this assessment.
    pub number: i64,
    /// What the draw and the shuffles start from.
    pub seed: Seed,
    /// State.
    pub state: String,
    /// Started at.
    pub started_at: Timestamp,
    /// Deadline.
    pub deadline: Option<Timestamp>,
    /// Submitted at.
    pub submitted_at: Option<Timestamp>,
    /// Scored at.
    pub scored_at: Option<Timestamp>,
    /// JSON: points, outcome.
    pub result: Option<String>,
    /// When the tallies took it up.
    pub counted_at: Option<Timestamp>,
    /// How long its clock was stopped, in milliseconds.
    pub breaks_taken: i64,
    /// How long it may still be stopped, in milliseconds.
    pub breaks_left: i64,
    /// Since when it stands still; none while it runs.
    pub break_since: Option<Timestamp>,
    /// The 0-based place of the item in hand, where there is no way back.
    pub reached: i64,
    /// Whether it ended before its time was up, by its learner or by its gate.
    pub handed_in: bool,
    /// When its learner was told the answers, or began again, though some might still have
    /// come late.
    pub shown_at: Option<Timestamp>,
}

/// Rows are joined by hand: every key has two or more columns.
#[derive(Debug, Clone, Copy, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}

crate::tenant_owned!();
