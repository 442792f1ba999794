//! An assessment and its draft.

use domain::{
    Timestamp,
    id::{AssessmentId, AssessmentVersionId, PersonId, TenantId},
};
use sea_orm::entity::prelude::*;

/// An assessment and its draft.
#[derive(Debug, Clone, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "assessment")]
pub struct Model {
    /// The tenant that owns the row.
    #[sea_orm(primary_key, auto_increment = false)]
    pub tenant_id: TenantId,
    /// Its id.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: AssessmentId,
    /// Title.
    pub title: String,
    /// JSON: sections, draws, limits, policies.
    pub draft: String,
    /// Draft revision.
    pub draft_revision: i64,
    /// The version in force; none while only a draft.
    pub published_version_id: Option<AssessmentVersionId>,
    /// Who made it.
    pub created_by: PersonId,
    /// When it was made.
    pub created_at: Timestamp,
    /// When it was last changed.
    pub updated_at: Timestamp,
    /// When it was put away; none while in use.
    pub archived_at: Option<Timestamp>,
    /// Before this no attempt is begun; none: at any time.
    pub opens_at: Option<Timestamp>,
    /// From this on no attempt is begun; none: never.
    pub closes_at: Option<Timestamp>,
    /// What has to be typed before an attempt, sealed; none: nothing.
    pub access_code: Option<Vec<u8>>,
}

/// Rows are joined by hand: every key has two or more columns.
#[derive(Debug, Clone, Copy, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}

crate::tenant_owned!();

crate::drafted!(
    "assessment",
    AssessmentId,
    super::assessment_version::Entity,
    archived_at as ArchivedAt
);
