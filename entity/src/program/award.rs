//! A learner has earned a badge.

use domain::{
    Timestamp,
    id::{AchievementId, AchievementVersionId, AwardId, PersonId, TenantId},
};
use sea_orm::entity::prelude::*;

/// A learner has earned a badge.
#[derive(Debug, Clone, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "award")]
pub struct Model {
    /// The tenant that owns the row.
    #[sea_orm(primary_key, auto_increment = false)]
    pub tenant_id: TenantId,
    /// Its id.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: AwardId,
    /// Whose it is.
    pub person_id: PersonId,
    /// Achievement id.
    pub achievement_id: AchievementId,
    /// Achievement version id.
    pub achievement_version_id: AchievementVersionId,
    /// JSON: what fulfilled the criteria.
    pub because: String,
    /// Awarded at.
    pub awarded_at: Timestamp,
    /// Withdrawn at.
    pub withdrawn_at: Option<Timestamp>,
}

/// Rows are joined by hand: every key has two or more columns.
#[derive(Debug, Clone, Copy, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}

crate::tenant_owned!();
