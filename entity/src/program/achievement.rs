//! A badge definition and its draft.

use domain::{
    Timestamp,
    id::{AchievementId, AchievementVersionId, FileId, PersonId, TenantId},
};
use sea_orm::entity::prelude::*;

/// A badge definition and its draft.
#[derive(Debug, Clone, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "achievement")]
pub struct Model {
    /// The tenant that owns the row.
    #[sea_orm(primary_key, auto_increment = false)]
    pub tenant_id: TenantId,
    /// Its id.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: AchievementId,
    /// Name.
    pub name: String,
    /// JSON: the badge definition.
    pub draft: String,
    /// Draft revision.
    pub draft_revision: i64,
    /// None: drawn from the brand.
    pub image_file: Option<FileId>,
    /// The version in force; none while only a draft.
    pub published_version_id: Option<AchievementVersionId>,
    /// Who made it.
    pub created_by: PersonId,
    /// When it was made.
    pub created_at: Timestamp,
    /// When it was last changed.
    pub updated_at: Timestamp,
    /// When it was put away; none while in use.
    pub archived_at: Option<Timestamp>,
}

/// Rows are joined by hand: every key has two or more columns.
#[derive(Debug, Clone, Copy, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}

crate::tenant_owned!();

crate::drafted!(
    "achievement",
    AchievementId,
    super::achievement_version::Entity,
    archived_at as ArchivedAt
);
